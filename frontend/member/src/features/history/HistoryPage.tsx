import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { execute } from '@member/api';
import { entryNote, entryTitle } from '@member/features/program/entryText';
import { KEPT } from '@member/features/program/queries';
import { RowsPending } from '@member/features/program/Rows';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PointsChange } from '@ui/components/PointsChange';
import { usePageTitle } from '@ui/components/usePageTitle';
import { monthOf } from '@ui/format/date';
import { useFormat } from '@ui/format/useFormat';
import { EntrySheet } from './EntrySheet';
import { HistoryQuery } from './operations';

const PAGE = 30;

const historyQuery = infiniteQueryOptions({
  queryKey: ['history', 'list'],
  queryFn: ({ pageParam, signal }) => execute(HistoryQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.history),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
  meta: KEPT,
});

export function HistoryPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { entry } = useSearch({ from: '/history' });
  usePageTitle(t`History`);
  const history = useInfiniteQuery(historyQuery);
  const entries = history.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) ?? [];
  const months = Map.groupBy(entries, (each) => monthOf(each.occurredAt));

  return (
    <>
      <h1 className={rows.page}>
        <Trans>History</Trans>
      </h1>
      <p className={rows.lead}>
        <Trans>Open an entry to see why it gave as many points as it did.</Trans>
      </p>
      {history.isPending ? <RowsPending rows={6} /> : null}
      {history.isError && !history.data ? <ErrorState error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.data && entries.length === 0 ? (
        <EmptyState icon="history" title={<Trans>No points yet</Trans>}>
          <Trans>Points come with your invoices. The first one will appear here by itself.</Trans>
        </EmptyState>
      ) : null}
      {[...months].map(([month, list]) => (
        <section key={month} className={rows.section} aria-label={format.month(month)}>
          <h2 className={rows.month}>{format.month(month)}</h2>
          <ul>
            {list.map((node) => (
              <li key={node.id}>
                <Link to="/history" search={{ entry: node.id }} resetScroll={false} className={rows.row}>
                  <div>
                    <div className={rows.name}>{entryTitle(node)}</div>
                    <div className={rows.note}>{[format.day(node.occurredAt), entryNote(node)].filter(Boolean).join(' · ')}</div>
                  </div>
                  <div>
                    <div className={rows.figure}>
                      <PointsChange value={node.points} />
                    </div>
                    <div className={rows.subfigure}>
                      <span className="k-hidden">
                        <Trans>Balance after:</Trans>{' '}
                      </span>
                      {format.points(node.balanceAfter)}
                    </div>
                  </div>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {history.hasNextPage ? (
        <Button variant="default" fullWidth mt="lg" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          <Trans>Show older</Trans>
        </Button>
      ) : null}
      <EntrySheet entryId={entry ?? null} onClose={() => void navigate({ to: '/history', search: {}, resetScroll: false })} />
    </>
  );
}
