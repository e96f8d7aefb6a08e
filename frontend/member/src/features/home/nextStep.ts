import { compareDecimals, subtractDecimals, toHundredths } from '@ui/format/decimal';

export interface Goal {
  id: string;
  name: string;
  brandName: string;
  color: string;
  fromPoints: string;
  affordable: boolean;
}

export interface NextStep<Reward extends Goal> {
  /** The dearest reward that the balance covers already. */
  reachable: Reward | null;
  /** The cheapest one still out of reach, how far, and the share of the way done (0–1). */
  ahead: { reward: Reward; missing: string; progress: number } | null;
}

export function findNextStep<Reward extends Goal>(rewards: readonly Reward[], available: string): NextStep<Reward> {
  const byPrice = rewards.toSorted((a, b) => compareDecimals(a.fromPoints, b.fromPoints));
  const reachable = byPrice.findLast((reward) => reward.affordable) ?? null;
  const goal = byPrice.find((reward) => compareDecimals(reward.fromPoints, available) > 0);
  if (!goal) return { reachable, ahead: null };
  const have = Number(toHundredths(available) < 0n ? 0n : toHundredths(available));
  return {
    reachable,
    ahead: {
      reward: goal,
      missing: subtractDecimals(goal.fromPoints, available),
      progress: have / Number(toHundredths(goal.fromPoints)),
    },
  };
}
