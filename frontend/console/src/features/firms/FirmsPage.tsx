import { useCallback, useMemo, useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import { ExportButton } from '@console/app/ExportButton';
import page from '@console/app/page.module.css';
import { SearchField } from '@console/app/SearchField';
import { useHiddenColumns } from '@console/app/useHiddenColumns';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { FirmsQuery } from './operations';
import { YEARS } from './years';

const PAGE = 50;

type Firm = ResultOf<typeof FirmsQuery>['firms']['edges'][number]['node'];

const column = createColumnHelper<Firm>();

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`Firm`,
        cell: ({ row }) => (
          <Link to="/firms/$firmId" params={{ firmId: row.original.id }} data-row-link>
            {row.original.name}
          </Link>
        ),
      }),
      column.accessor('nip', { header: t`NIP`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('people', { header: t`People`, meta: { align: 'end' }, cell: ({ getValue }) => format.count(getValue()) }),
    ],
    [t, format],
  );
}

export function FirmsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/firms' });
  const { q } = useSearch({ from: '/firms' });
  usePageTitle(t`Firms`);
  const columns = useColumns();
  const [year, setYear] = useState(YEARS[0]);
  const hidden = useHiddenColumns();
  const search = useCallback((next: string | undefined) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true }), [navigate]);
  const firms = useInfiniteQuery({
    queryKey: ['firms', 'list', q ?? ''],
    queryFn: ({ pageParam, signal }) => execute(FirmsQuery, { first: PAGE, after: pageParam, search: q ?? null }, signal).then((data) => data.firms),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => firms.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [firms.data]);
  return (
    <>
      <div className={page.head}>
        <h1 className={page.title}>
          <Trans>Firms</Trans>
        </h1>
      </div>
      <ResourceList
        label={t`Firms`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={firms.data?.pages[0]?.totalCount}
        source={firms}
        hidden={hidden}
        toolbar={
          <>
            <SearchField label={t`Name or NIP`} value={q} onSearch={search} />
            <NativeSelect size="xs" aria-label={t`Year`} data={YEARS} value={year} onChange={(event) => setYear(event.currentTarget.value)} />
            <ExportButton kind="firms" search={q ?? null} year={Number(year)} disabled={rows.length === 0} />
          </>
        }
        empty={
          q ? (
            <EmptyState icon="search" title={<Trans>No firm matches “{q}”</Trans>} />
          ) : (
            <EmptyState icon="people" title={<Trans>No firms yet</Trans>}>
              <Trans>Firms appear with the first import that enrolls buyers.</Trans>
            </EmptyState>
          )
        }
      />
    </>
  );
}
