import { useLayoutEffect, useRef } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@ui/format/useFormat';
import { exact, magnitude, sumOf, trend, type Metric } from './metrics';
import type { OverviewData } from './OverviewPage';
import { Sparkline } from './Sparkline';
import classes from './Overview.module.css';

interface OverviewTableProps {
  overview: OverviewData;
  metric: Metric;
  metricName: string;
  colorOf: (slug: string) => string;
}

/** Deepest shade of a cell: text on it still reads at 4.5:1 in both schemes. */
const DEEPEST_PERCENT = 26;

export function OverviewTable({ overview, metric, metricName, colorOf }: OverviewTableProps) {
  const { t } = useLingui();
  const format = useFormat();
  const peak = Math.max(1, ...overview.wholesalers.flatMap((each) => each.months.map((figures) => magnitude(figures, metric))));

  const scroll = useRef<HTMLDivElement>(null);
  // Where not everything fits, the newest months and the sum are what is seen first.
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollLeft = scroll.current.scrollWidth;
  }, [overview.months.length]);

  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div ref={scroll} className={classes.scroll} tabIndex={0} role="group" aria-label={t`${metricName} by wholesaler and month`}>
      <table className={classes.table}>
        <caption className="k-hidden">{t`${metricName} by wholesaler and month`}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Wholesaler</Trans>
            </th>
            <th scope="col" className={classes.trend}>
              <Trans>Course</Trans>
            </th>
            {overview.months.map((month) => (
              <th key={month} scope="col">
                {format.monthShort(month)}
              </th>
            ))}
            <th scope="col" className={classes.trend}>
              <Trans>Last whole month</Trans>
            </th>
            <th scope="col">
              <Trans>Together</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.wholesalers.map((wholesaler) => {
            const values = wholesaler.months.map((figures) => magnitude(figures, metric));
            const change = trend(values);
            const color = colorOf(wholesaler.slug);
            return (
              <tr key={wholesaler.id}>
                <th scope="row">
                  <span className={classes.name}>
                    <span className={classes.dot} style={{ background: wholesaler.color }} />
                    {wholesaler.name}
                  </span>
                </th>
                <td className={classes.trend}>
                  <Sparkline values={values} color={color} className={classes.spark} />
                </td>
                {wholesaler.months.map((figures, index) => {
                  const share = Math.round(((values[index] ?? 0) / peak) * DEEPEST_PERCENT);
                  return (
                    <td
                      key={figures.month}
                      title={exact(figures, metric, format)}
                      style={{ background: `color-mix(in srgb, ${wholesaler.color} ${share}%, transparent)` }}
                    >
                      {format.count(Math.round(values[index] ?? 0))}
                    </td>
                  );
                })}
                <td className={classes.trend}>{change === null ? '–' : format.change(change)}</td>
                <td className={classes.sum}>{exact(wholesaler.total, metric, format)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <TotalsRow overview={overview} metric={metric} />
        </tfoot>
      </table>
    </div>
  );
}

function TotalsRow({ overview, metric }: Pick<OverviewTableProps, 'overview' | 'metric'>) {
  const format = useFormat();
  const values = overview.totals.map((figures) => magnitude(figures, metric));
  const change = trend(values);
  return (
    <tr className={classes.totals}>
      <th scope="row">
        <Trans>Network</Trans>
      </th>
      <td className={classes.trend}>
        <Sparkline values={values} color="var(--k-text)" className={classes.spark} />
      </td>
      {overview.totals.map((figures, index) => (
        <td key={figures.month} title={exact(figures, metric, format)}>
          {format.count(Math.round(values[index] ?? 0))}
        </td>
      ))}
      <td className={classes.trend}>{change === null ? '–' : format.change(change)}</td>
      <td>{exact(sumOf(overview.totals), metric, format)}</td>
    </tr>
  );
}
