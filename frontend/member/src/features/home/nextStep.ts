import { compareDecimals, subtractDecimals, toHundredths } from '@ui/format/decimal';
import type { MoneyValue } from '@ui/format/number';

export interface Goal {
  id: string;
  name: string;
  brandName: string;
  color: string;
  picture?: string | null;
  fromPoints: string;
  denominations: readonly { amount: MoneyValue; points: string }[];
}

/** One thing to order: a reward, its face value where it comes in fixed ones, its price. */
export interface Option {
  reward: Goal;
  value: MoneyValue | null;
  points: string;
}

export interface NextStep {
  /** The dearest that the balance covers already. */
  reachable: Option | null;
  /** The cheapest still out of reach, how far, and the share of the way done (0–1). */
  ahead: (Option & { missing: string; progress: number }) | null;
}

function optionsOf(reward: Goal): Option[] {
  if (reward.denominations.length === 0) return [{ reward, value: null, points: reward.fromPoints }];
  return reward.denominations.map(({ amount, points }) => ({ reward, value: amount, points }));
}

export function findNextStep(rewards: readonly Goal[], available: string): NextStep {
  const byPrice = rewards.flatMap(optionsOf).toSorted((a, b) => compareDecimals(a.points, b.points));
  const covered = (option: Option) => compareDecimals(option.points, available) <= 0;
  const reachable = byPrice.findLast(covered) ?? null;
  const goal = byPrice.find((option) => !covered(option));
  if (!goal) return { reachable, ahead: null };
  const have = Number(toHundredths(available) < 0n ? 0n : toHundredths(available));
  const missing = subtractDecimals(goal.points, available);
  return { reachable, ahead: { ...goal, missing, progress: have / Number(toHundredths(goal.points)) } };
}
