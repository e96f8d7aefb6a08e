import { addDecimals, toChartNumber } from '@ui/format/decimal';
import type { MoneyValue } from '@ui/format/number';

export const METRICS = ['sales', 'pointsAwarded', 'pointsSpent', 'orders'] as const;
export type Metric = (typeof METRICS)[number];
/** What is known of a brand or a supplier: orders and spending have none. */
export const CUT_METRICS = ['sales', 'pointsAwarded'] as const;

export const CUTS = ['brand', 'supplier'] as const;
export type CutBy = (typeof CUTS)[number];

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

/** A row of a table by month, whatever it stands for. */
export interface FiguresRow {
  key: string;
  name: string;
  more?: string | undefined;
  /** Of its line in the chart and its shades in the table. */
  color: string;
  /** A wholesaler with a page of its own. */
  slug?: string | undefined;
  months: readonly Figures[];
  total: Figures;
}

interface CutFigures {
  month: string;
  sales: MoneyValue;
  pointsAwarded: string;
}

export const figuresOf = (cell: CutFigures): Figures => ({ ...cell, pointsSpent: '0.00', orders: 0 });

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
