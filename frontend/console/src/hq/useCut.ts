import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute } from './api';
import { figuresOf, type CutBy, type Figures, type FiguresRow } from './metrics';
import { CutQuery } from './operations';
import { useColors } from './useColors';

export interface Table {
  months: readonly string[];
  rows: FiguresRow[];
  totals: Figures[];
}

/** Brands or suppliers of the network, or of one wholesaler, as rows of a table. */
export function useCut(by: CutBy, months: number, wholesaler: string | null, enabled = true) {
  const { t } = useLingui();
  const colors = useColors();
  const query = useQuery({
    queryKey: ['cut', by, months, wholesaler],
    queryFn: ({ signal }) => execute(CutQuery, { by, months, wholesaler }, signal).then((data) => data.cut),
    placeholderData: (before) => before,
    enabled,
  });
  const nothing = by === 'brand' ? t`Without a brand` : t`Without a supplier`;
  const table: Table | undefined = query.data && {
    months: query.data.months,
    rows: query.data.rows.map((row, index) => ({
      key: row.id ?? 'none',
      name: row.name ?? nothing,
      more: row.more ?? undefined,
      color: row.id ? colors.nth(index) : '#808080',
      months: row.months.map(figuresOf),
      total: figuresOf(row.total),
    })),
    totals: query.data.totals.map(figuresOf),
  };
  return { query, table };
}
