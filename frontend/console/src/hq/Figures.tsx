import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { FiguresTable } from './FiguresTable';
import type { Metric } from './metrics';
import type { Table } from './useCut';
import classes from './Hq.module.css';

const FiguresChart = lazy(() => import('./FiguresChart').then((m) => ({ default: m.FiguresChart })));

interface FiguresProps {
  table: Table;
  metric: Metric;
  kind: string;
  label: string;
  totalName: string;
}

/** The picture, and under it the figures. */
export function Figures({ table, metric, kind, label, totalName }: FiguresProps) {
  return (
    <>
      <div className={classes.chart} aria-hidden="true">
        <Suspense fallback={<Skeleton height={260} />}>
          <FiguresChart months={table.months} rows={table.rows} metric={metric} />
        </Suspense>
      </div>
      <FiguresTable kind={kind} label={label} months={table.months} rows={table.rows} totals={table.totals} totalName={totalName} metric={metric} />
      <p className={classes.note}>
        <Trans>Months in whole units; the sum is exact. The current month is not over.</Trans>
      </p>
    </>
  );
}
