import { compareDecimals, multiplyUp, parseTypedAmount, subtractDecimals } from '@ui/format/decimal';
import type { MoneyValue } from '@ui/format/number';

export interface Priced {
  faceValue: string;
  points: string;
}

export type AmountProblem = 'NOT_AN_AMOUNT' | 'TOO_LOW' | 'TOO_HIGH';

interface RangeReward {
  minAmount: MoneyValue | null;
  maxAmount: MoneyValue | null;
  pointsPerUnit: string;
}

/** A typed face value with its price in points, or what is wrong with it. */
export function priceTyped(typed: string, reward: RangeReward): Priced | AmountProblem {
  const faceValue = parseTypedAmount(typed);
  if (faceValue === null) return 'NOT_AN_AMOUNT';
  if (reward.minAmount && compareDecimals(faceValue, reward.minAmount.amount) < 0) return 'TOO_LOW';
  if (reward.maxAmount && compareDecimals(faceValue, reward.maxAmount.amount) > 0) return 'TOO_HIGH';
  return { faceValue, points: multiplyUp(faceValue, reward.pointsPerUnit) };
}

interface Reward extends RangeReward {
  kind: string;
  denominations: readonly { amount: MoneyValue; points: string; inStock: boolean }[];
}

/** What was chosen on an earlier visit of the page, if it can still be had. */
export function priceChosen(chosen: string | null, reward: Reward, available: string): Priced | null {
  if (chosen === null) return null;
  if (reward.kind === 'RANGE') {
    const priced = priceTyped(chosen, reward);
    return typeof priced === 'string' ? null : priced;
  }
  const found = reward.denominations.find(
    ({ amount, points, inStock }) => inStock && compareDecimals(points, available) <= 0 && isSame(amount.amount, chosen),
  );
  return found ? { faceValue: found.amount.amount, points: found.points } : null;
}

function isSame(amount: string, chosen: string): boolean {
  const typed = parseTypedAmount(chosen);
  return typed !== null && compareDecimals(amount, typed) === 0;
}

/** What remains after paying; negative when the balance does not cover it. */
export function balanceAfter(available: string, points: string): string {
  return subtractDecimals(available, points);
}
