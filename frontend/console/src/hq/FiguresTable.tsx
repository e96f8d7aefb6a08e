import { useLayoutEffect, useRef } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@ui/format/useFormat';
import { exact, magnitude, sumOf, trend, type Figures, type FiguresRow, type Metric } from './metrics';
import { Sparkline } from './Sparkline';
import classes from './Hq.module.css';

interface FiguresTableProps {
  /** What the rows are, in the singular: a wholesaler, a brand. */
  kind: string;
  label: string;
  months: readonly string[];
  rows: readonly FiguresRow[];
  totals: readonly Figures[];
  totalName: string;
  metric: Metric;
}

/** Deepest shade of a cell: text on it still reads at 4.5:1 in both schemes. */
const DEEPEST_PERCENT = 26;

/** Rows by month in figures, with how they went. What the chart shows, and more. */
export function FiguresTable({ kind, label, months, rows, totals, totalName, metric }: FiguresTableProps) {
  const format = useFormat();
  const peak = Math.max(1, ...rows.flatMap((each) => each.months.map((figures) => magnitude(figures, metric))));

  const scroll = useRef<HTMLDivElement>(null);
  // Where not everything fits, the newest months and the sum are what is seen first.
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollLeft = scroll.current.scrollWidth;
  }, [months.length]);

  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div ref={scroll} className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table}>
        <caption className="k-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{kind}</th>
            <th scope="col" className={classes.trend}>
              <Trans>Course</Trans>
            </th>
            {months.map((month) => (
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
          {rows.map((row) => {
            const values = row.months.map((figures) => magnitude(figures, metric));
            const change = trend(values);
            return (
              <tr key={row.key}>
                <th scope="row">
                  <span className={classes.name}>
                    <span className={classes.dot} style={{ background: row.color }} />
                    <span>
                      {row.slug ? (
                        <Link to="/wholesalers/$slug" params={{ slug: row.slug }} className={classes.link}>
                          {row.name}
                        </Link>
                      ) : (
                        row.name
                      )}
                      {row.more ? <small className={classes.more}>{row.more}</small> : null}
                    </span>
                  </span>
                </th>
                <td className={classes.trend}>
                  <Sparkline values={values} color={row.color} className={classes.spark} />
                </td>
                {row.months.map((figures, index) => {
                  const share = Math.round(((values[index] ?? 0) / peak) * DEEPEST_PERCENT);
                  return (
                    <td
                      key={figures.month}
                      title={exact(figures, metric, format)}
                      style={{ background: `color-mix(in srgb, ${row.color} ${share}%, transparent)` }}
                    >
                      {format.count(Math.round(values[index] ?? 0))}
                    </td>
                  );
                })}
                <td className={classes.trend}>{change === null ? '–' : format.change(change)}</td>
                <td className={classes.sum}>{exact(row.total, metric, format)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <TotalsRow name={totalName} totals={totals} metric={metric} />
        </tfoot>
      </table>
    </div>
  );
}

function TotalsRow({ name, totals, metric }: { name: string; totals: readonly Figures[]; metric: Metric }) {
  const format = useFormat();
  const values = totals.map((figures) => magnitude(figures, metric));
  const change = trend(values);
  return (
    <tr className={classes.totals}>
      <th scope="row">{name}</th>
      <td className={classes.trend}>
        <Sparkline values={values} color="var(--k-text)" className={classes.spark} />
      </td>
      {totals.map((figures, index) => (
        <td key={figures.month} title={exact(figures, metric, format)}>
          {format.count(Math.round(values[index] ?? 0))}
        </td>
      ))}
      <td className={classes.trend}>{change === null ? '–' : format.change(change)}</td>
      <td>{exact(sumOf(totals), metric, format)}</td>
    </tr>
  );
}

export function useTableLabel(metricName: string, what: 'wholesaler' | 'brand' | 'supplier'): string {
  const { t } = useLingui();
  if (what === 'brand') return t`${metricName} by brand and month`;
  return what === 'supplier' ? t`${metricName} by supplier and month` : t`${metricName} by wholesaler and month`;
}
