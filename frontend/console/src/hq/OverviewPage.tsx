import { lazy, Suspense, useState } from 'react';
import { SegmentedControl, Skeleton, useComputedColorScheme } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { PersonMenu } from '@console/app/PersonMenu';
import page from '@console/app/page.module.css';
import { readable } from '@ui/brand/color';
import { BrandMark } from '@ui/components/BrandMark';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { useSurroundings } from '@ui/session/SessionContext';
import { execute, type ResultOf } from './api';
import { METRICS, type Metric } from './metrics';
import { OverviewQuery } from './operations';
import { OverviewTable } from './OverviewTable';
import classes from './Overview.module.css';

const OverviewChart = lazy(() => import('./OverviewChart').then((m) => ({ default: m.OverviewChart })));

export type OverviewData = ResultOf<typeof OverviewQuery>['overview'];

const SPANS = ['6', '12', '24'];

export function OverviewPage() {
  const { t } = useLingui();
  const format = useFormat();
  const { brand } = useSurroundings();
  const scheme = useComputedColorScheme('light');
  const [metric, setMetric] = useState<Metric>('sales');
  const [span, setSpan] = useState('12');
  usePageTitle(t`Wholesalers side by side`);
  const query = useQuery({
    queryKey: ['overview', span],
    queryFn: ({ signal }) => execute(OverviewQuery, { months: Number(span) }, signal),
    placeholderData: keepPreviousData,
  });
  const overview = query.data?.overview;
  const names: Record<Metric, string> = { sales: t`Sales`, pointsAwarded: t`Points awarded`, pointsSpent: t`Points spent`, orders: t`Orders` };
  const ground = scheme === 'dark' ? '#101315' : '#ffffff';
  const colorOf = (slug: string) => readable(overview?.wholesalers.find((each) => each.slug === slug)?.color ?? '#777777', [ground], 3);

  return (
    <div className={classes.frame}>
      <a className="k-skip" href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.top}>
        <BrandMark brand={brand} size={24} />
        <PersonMenu />
      </header>
      <OfflineNotice />
      <main id="main" className={classes.main} tabIndex={-1}>
        <h1 className={page.title}>
          <Trans>Wholesalers side by side</Trans>
        </h1>
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
        <div className={classes.controls}>
          <div role="group" aria-label={t`Figure`} className={`${classes.control} ${classes.metrics}`}>
            <SegmentedControl
              size="xs"
              value={metric}
              onChange={(value) => setMetric(value)}
              data={METRICS.map((each) => ({ value: each, label: names[each] }))}
            />
          </div>
          <div role="group" aria-label={t`Period`} className={classes.control}>
            <SegmentedControl
              size="xs"
              value={span}
              onChange={setSpan}
              data={SPANS.map((months) => ({ value: months, label: plural(Number(months), { one: '# month', other: '# months' }) }))}
            />
          </div>
        </div>
        {query.isError && !overview ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Skeleton height={460} /> : null}
        {overview?.wholesalers.length === 0 ? (
          <EmptyState icon="list" title={<Trans>No figures yet</Trans>}>
            <Trans>They come by themselves once the first wholesaler has imported sales.</Trans>
          </EmptyState>
        ) : null}
        {overview && overview.wholesalers.length > 0 ? (
          <>
            <div className={classes.chart} aria-hidden="true">
              <Suspense fallback={<Skeleton height={260} />}>
                <OverviewChart overview={overview} metric={metric} colorOf={colorOf} />
              </Suspense>
            </div>
            <OverviewTable overview={overview} metric={metric} metricName={names[metric]} colorOf={colorOf} />
            <p className={classes.note}>
              <Trans>Months in whole units; the sum is exact. The current month is not over.</Trans>
            </p>
          </>
        ) : null}
      </main>
    </div>
  );
}
