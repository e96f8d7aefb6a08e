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

/** What remains after paying; negative when the balance does not cover it. */
export function balanceAfter(available: string, points: string): string {
  return subtractDecimals(available, points);
}
