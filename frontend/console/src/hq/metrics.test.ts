import { expect, it } from 'vitest';
import { magnitude, sumOf, trend } from './metrics';

const month = (name: string, amount: string, orders: number) => ({
  month: name, sales: { amount, currency: 'PLN' }, pointsAwarded: '10.10', pointsSpent: '0.20', orders,
});

it('adds the months exactly', () => {
  const total = sumOf([month('2026-09', '0.10', 1), month('2026-10', '0.20', 2)]);
  expect(total).toMatchObject({ sales: { amount: '0.30', currency: 'PLN' }, pointsAwarded: '20.20', orders: 3 });
});

it('compares the last two whole months and leaves the running one out', () => {
  expect(trend([100, 150, 3])).toBe(0.5);
  expect(trend([0, 150, 3])).toBeNull();
  expect(trend([5])).toBeNull();
});

it('reads each figure', () => {
  expect(magnitude(month('2026-10', '12.50', 4), 'sales')).toBe(12.5);
  expect(magnitude(month('2026-10', '12.50', 4), 'orders')).toBe(4);
});
