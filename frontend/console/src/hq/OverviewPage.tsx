import { Skeleton } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import page from '@console/app/page.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { useSurroundings } from '@ui/session/SessionContext';
import { execute } from './api';
import { Controls, useMetricNames } from './Controls';
import { Exports } from './Exports';
import { Figures } from './Figures';
import { useTableLabel } from './FiguresTable';
import { CUT_METRICS, METRICS } from './metrics';
import { OverviewQuery } from './operations';
import { takesFigures } from './roles';
import { useColors } from './useColors';
import { useCut, type Table } from './useCut';

/** The network by month: its wholesalers, the brands, or the suppliers. */
export function OverviewPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const colors = useColors();
  const { session } = useSurroundings();
  const { by = 'wholesaler', figure = 'sales', months = '12' } = useSearch({ from: '/' });
  const names = useMetricNames();
  const title = by === 'wholesaler' ? t`Wholesalers side by side` : by === 'brand' ? t`Brands of the network` : t`Suppliers of the network`;
  usePageTitle(title);
  const query = useQuery({
    queryKey: ['overview', months],
    queryFn: ({ signal }) => execute(OverviewQuery, { months: Number(months) }, signal),
    placeholderData: keepPreviousData,
  });
  const overview = query.data?.overview;
  const cut = useCut(by === 'supplier' ? 'supplier' : 'brand', Number(months), null, by !== 'wholesaler');
  const metrics = by === 'wholesaler' ? METRICS : CUT_METRICS;
  const metric = metrics.find((each) => each === figure) ?? 'sales';
  const label = useTableLabel(names[metric], by);
  const wholesalers: Table | undefined = overview && {
    months: overview.months,
    rows: overview.wholesalers.map((each) => ({
      key: each.slug, name: each.name, slug: each.slug, color: colors.of(each.color), months: each.months, total: each.total,
    })),
    totals: overview.totals,
  };
  const table = by === 'wholesaler' ? wholesalers : cut.table;
  const asked = by === 'wholesaler' ? query : cut.query;
  const go = (change: { by?: typeof by; figure?: typeof figure; months?: typeof months }) =>
    void navigate({ to: '/', search: { by, figure, months, ...change }, replace: true });
  const kinds = { wholesaler: t`Wholesaler`, brand: t`Brand`, supplier: t`Supplier` };
  return (
    <>
      <h1 className={page.title}>{title}</h1>
      <p className={page.lead}>
        {query.data ? (
          <>
            {query.data.network.name}
            {', '}
            <Plural value={query.data.network.wholesalerCount} one="# wholesaler" other="# wholesalers" />
            {overview?.asOf ? (
              <>
                {' · '}
                <Trans>as of {format.dateTime(overview.asOf)}</Trans>
              </>
            ) : null}
          </>
        ) : (
          '\u00a0'
        )}
      </p>
      <Controls
        ways={[
          { value: 'wholesaler', label: t`Wholesalers` },
          { value: 'brand', label: t`Brands` },
          { value: 'supplier', label: t`Suppliers` },
        ]}
        by={by}
        onBy={(value) => go({ by: value })}
        metrics={metrics}
        metric={metric}
        onMetric={(value) => go({ figure: value })}
        span={months}
        onSpan={(value) => go({ months: value as typeof months })}
      />
      {asked.isError && !table ? <ErrorState error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.isPending ? <Skeleton height={460} /> : null}
      {table?.rows.length === 0 ? (
        <EmptyState icon="list" title={<Trans>No figures yet</Trans>}>
          <Trans>They come by themselves once the first wholesaler has imported sales.</Trans>
        </EmptyState>
      ) : null}
      {table && table.rows.length > 0 ? <Figures table={table} metric={metric} kind={kinds[by]} label={label} totalName={t`Network`} /> : null}
      {table && table.rows.length > 0 && takesFigures(session.roles) ? <Exports months={Number(months)} /> : null}
    </>
  );
}
