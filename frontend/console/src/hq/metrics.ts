import { addDecimals, toChartNumber } from '@ui/format/decimal';
import type { MoneyValue } from '@ui/format/number';

export const METRICS = ['sales', 'pointsAwarded', 'pointsSpent', 'orders'] as const;
export type Metric = (typeof METRICS)[number];

export interface Figures {
  month: string;
  sales: MoneyValue;
  pointsAwarded: string;
  pointsSpent: string;
  orders: number;
}

/** A number for lengths and shades; what is read is formatted from the exact value. */
export function magnitude(figures: Figures, metric: Metric): number {
  if (metric === 'orders') return figures.orders;
  return toChartNumber(metric === 'sales' ? figures.sales.amount : figures[metric]);
}

interface Formats {
  points: (value: string, options?: { fixed?: boolean }) => string;
  money: (value: MoneyValue) => string;
  count: (value: number) => string;
}

export function exact(figures: Figures, metric: Metric, format: Formats): string {
  if (metric === 'orders') return format.count(figures.orders);
  return metric === 'sales' ? format.money(figures.sales) : format.points(figures[metric], { fixed: true });
}

/** Change of the last whole month against the one before it, or null without a base. */
export function trend(values: readonly number[]): number | null {
  const [previous, last] = values.slice(-3, -1);
  return previous !== undefined && last !== undefined && previous > 0 ? (last - previous) / previous : null;
}

/** The whole period of the network, added exactly. */
export function sumOf(months: readonly Figures[]): Figures {
  return {
    month: 'total',
    sales: { amount: addDecimals('0.00', ...months.map((each) => each.sales.amount)), currency: months[0]?.sales.currency ?? 'PLN' },
    pointsAwarded: addDecimals('0.00', ...months.map((each) => each.pointsAwarded)),
    pointsSpent: addDecimals('0.00', ...months.map((each) => each.pointsSpent)),
    orders: months.reduce((sum, each) => sum + each.orders, 0),
  };
}
