import { BRANDS } from './brands.ts';

const money = (amount: number) => ({ amount: amount.toFixed(2), currency: 'PLN' });

function monthsBack(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2026, 10 - (count - 1 - index), 15));
    return date.toISOString().slice(0, 7);
  });
}

function figures(month: string, scale: number, season: number) {
  const sales = 184230 * scale * season;
  return {
    month,
    sales: money(sales),
    documents: Math.round(212 * scale * season),
    lines: Math.round(1480 * scale * season),
    pointsAwarded: (sales * 0.013).toFixed(2),
    pointsReversed: (sales * 0.0004).toFixed(2),
    pointsSpent: (sales * 0.008 * (2 - season)).toFixed(2),
    orders: Math.round(31 * scale * season),
    buyers: Math.round(24 * scale * season),
  };
}

type Figures = ReturnType<typeof figures>;

function add(month: string, list: Figures[]): Figures {
  const sum = (pick: (each: Figures) => number) => list.reduce((total, each) => total + pick(each), 0);
  return {
    month,
    sales: money(sum((each) => Number(each.sales.amount))),
    documents: sum((each) => each.documents),
    lines: sum((each) => each.lines),
    pointsAwarded: sum((each) => Number(each.pointsAwarded)).toFixed(2),
    pointsReversed: sum((each) => Number(each.pointsReversed)).toFixed(2),
    pointsSpent: sum((each) => Number(each.pointsSpent)).toFixed(2),
    orders: sum((each) => each.orders),
    buyers: sum((each) => each.buyers),
  };
}

export function overview(count: number) {
  const months = monthsBack(count);
  const wholesalers = BRANDS.filter((brand) => brand.kind === 'wholesaler').map((brand, index) => {
    const list = months.map((month, at) => figures(month, 1.6 - index * 0.45, 0.8 + 0.35 * Math.abs(Math.sin(at * 0.7 + index))));
    return { id: brand.slug, name: brand.name, slug: brand.slug, color: brand.primaryColor, months: list, total: add('total', list), asOf: '2026-11-21T08:00:00Z' };
  });
  return {
    months,
    wholesalers,
    totals: months.map((month, at) => add(month, wholesalers.map((each) => each.months[at] as Figures))),
    asOf: '2026-11-21T08:00:00Z',
  };
}
