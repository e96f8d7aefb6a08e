import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { batchStateName, batchTone, isMoving, pointsOf } from './batchState';
import { ImportsQuery } from './operations';
import { UploadForm } from './UploadForm';

const PAGE = 25;
const POLL_MS = 2000;

type Batch = ResultOf<typeof ImportsQuery>['imports']['edges'][number]['node'];

const column = createColumnHelper<Batch>();

function BatchState({ state }: { state: string }) {
  return <StateLabel tone={batchTone(state)}>{batchStateName(state)}</StateLabel>;
}

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('fileName', {
        header: t`File`,
        cell: ({ row }) => (
          <>
            <Link to="/imports/$batchId" params={{ batchId: row.original.id }} data-row-link>
              {row.original.fileName}
            </Link>
            <div className={page.narrow}>
              <BatchState state={row.original.state} />
            </div>
          </>
        ),
      }),
      column.accessor('state', {
        header: t`State`,
        meta: { narrow: 'hide' },
        cell: ({ getValue }) => <BatchState state={getValue()} />,
      }),
      column.accessor('createdAt', { header: t`Uploaded`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.dateTime(getValue()) }),
      column.accessor('createdBy', { header: t`By`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('documents', { header: t`Documents`, meta: { align: 'end', narrow: 'hide' }, cell: ({ getValue }) => format.count(getValue()) }),
      column.accessor('rejected', { header: t`Rejected`, meta: { align: 'end' }, cell: ({ getValue }) => format.count(getValue()) }),
      column.accessor('pointsAwarded', {
        header: t`Points`,
        meta: { align: 'end', narrow: 'hide' },
        cell: ({ getValue, row }) => {
          const kind = pointsOf(row.original.state);
          const figure = format.points(getValue(), { fixed: true });
          if (kind === 'promised') return <span className={page.quiet}>{t`would give ${figure}`}</span>;
          return kind === 'given' ? figure : '–';
        },
      }),
    ],
    [t, format],
  );
}

export function ImportsPage() {
  const { t } = useLingui();
  usePageTitle(t`Imports`);
  const columns = useColumns();
  const imports = useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ pageParam, signal }) => execute(ImportsQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.imports),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    refetchInterval: ({ state }) => (state.data?.pages[0]?.edges.some((edge) => isMoving(edge.node.state)) ? POLL_MS : false),
  });
  const rows = useMemo(() => imports.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [imports.data]);
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Imports</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Sales files become invoices, and invoices points. Every file is checked first; you decide with the result before you.</Trans>
          </p>
        </div>
      </div>
      <Only may="commitImport"><UploadForm /></Only>
      <ResourceList
        label={t`Imported files`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={imports.data?.pages[0]?.totalCount}
        source={imports}
        empty={
          <EmptyState icon="upload" title={<Trans>No files yet</Trans>}>
            <Trans>Drop the first sales file above. Nothing is entered until you confirm.</Trans>
          </EmptyState>
        }
      />
    </>
  );
}
