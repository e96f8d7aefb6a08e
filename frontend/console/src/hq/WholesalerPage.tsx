import { Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import page from '@console/app/page.module.css';
import { addDecimals, toChartNumber } from '@ui/format/decimal';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { execute } from './api';
import { Controls, useMetricNames } from './Controls';
import { Figures } from './Figures';
import { useTableLabel } from './FiguresTable';
import { CUT_METRICS } from './metrics';
import { OverviewQuery } from './operations';
import { useCut } from './useCut';

/** One wholesaler: what it adds up to, its share of the network, and its brands or suppliers by month. */
export function WholesalerPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { slug } = useParams({ from: '/wholesalers/$slug' });
  const { by = 'brand', figure = 'sales', months = '12' } = useSearch({ from: '/wholesalers/$slug' });
  const names = useMetricNames();
  const query = useQuery({
    queryKey: ['overview', months],
    queryFn: ({ signal }) => execute(OverviewQuery, { months: Number(months) }, signal),
    placeholderData: keepPreviousData,
  });
  const overview = query.data?.overview;
  const row = overview?.wholesalers.find((each) => each.slug === slug);
  const cut = useCut(by, Number(months), slug, row !== undefined);
  const metric = CUT_METRICS.find((each) => each === figure) ?? 'sales';
  const label = useTableLabel(names[metric], by);
  usePageTitle(row?.name ?? t`Wholesaler`);
  const back = (
    <Link to="/" className={page.back}>
      <Icon name="back" size={14} />
      <Trans>Wholesalers side by side</Trans>
    </Link>
  );
  if (overview && !row) {
    return (
      <>
        {back}
        <EmptyState page icon="search" title={<Trans>There is no such wholesaler</Trans>} />
      </>
    );
  }
  if (!overview || !row) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton height={460} />;
  const all = toChartNumber(addDecimals('0.00', ...overview.totals.map((each) => each.sales.amount)));
  const share = all > 0 ? toChartNumber(row.total.sales.amount) / all : null;
  const last = row.months.at(-2);
  const go = (change: { by?: typeof by; figure?: typeof figure; months?: typeof months }) =>
    void navigate({ to: '/wholesalers/$slug', params: { slug }, search: { by, figure, months, ...change }, replace: true });
  const facts: [string, string][] = [
    [t`Sales`, format.money(row.total.sales)],
    [t`Share of the network`, share === null ? '–' : format.share(share)],
    [t`Points awarded`, format.points(row.total.pointsAwarded, { fixed: true })],
    [t`Points spent`, format.points(row.total.pointsSpent, { fixed: true })],
    [t`Orders`, format.count(row.total.orders)],
    [t`Documents`, format.count(row.total.documents)],
    [t`Buyers, last whole month`, last?.buyers === null || last?.buyers === undefined ? '–' : format.count(last.buyers)],
  ];
  return (
    <>
      {back}
      <h1 className={page.title}>{row.name}</h1>
      <p className={page.lead}>{row.asOf ? <Trans>as of {format.dateTime(row.asOf)}</Trans> : <Trans>No figures yet</Trans>}</p>
      <Controls
        ways={[
          { value: 'brand', label: t`Brands` },
          { value: 'supplier', label: t`Suppliers` },
        ]}
        by={by}
        onBy={(value) => go({ by: value })}
        metrics={CUT_METRICS}
        metric={metric}
        onMetric={(value) => go({ figure: value })}
        span={months}
        onSpan={(value) => go({ months: value as typeof months })}
      />
      <dl className={page.figures} style={{ marginBottom: '1.5rem' }}>
        {facts.map(([name, value]) => (
          <div key={name} className={page.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {cut.query.isError && !cut.table ? <ErrorState error={cut.query.error} onRetry={() => void cut.query.refetch()} /> : null}
      {cut.query.isPending ? <Skeleton height={460} /> : null}
      {cut.table ? (
        <Figures table={cut.table} metric={metric} kind={by === 'brand' ? t`Brand` : t`Supplier`} label={label} totalName={t`Together`} />
      ) : null}
    </>
  );
}
