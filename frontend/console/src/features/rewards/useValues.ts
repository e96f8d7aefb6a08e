import { useCallback } from 'react';
import { useFormat } from '@ui/format/useFormat';

interface Money {
  amount: string;
  currency: string;
}

interface Valued {
  kind: string;
  denominations: readonly { amount: Money }[];
  minAmount: Money | null;
  maxAmount: Money | null;
}

/** The face values in a line: "20 zł, 50 zł, 100 zł" or "10 zł – 1000 zł". */
export function useValues(): (reward: Valued) => string {
  const format = useFormat();
  return useCallback(
    (reward) => {
      const short = (money: Money) => format.money(money, { short: true });
      if (reward.kind === 'RANGE' && reward.minAmount && reward.maxAmount) return `${short(reward.minAmount)} – ${short(reward.maxAmount)}`;
      return reward.denominations.map((each) => short(each.amount)).join(', ');
    },
    [format],
  );
}
