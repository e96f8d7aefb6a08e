import { useCallback, useMemo } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import { ExportButton } from '@console/app/ExportButton';
import { useHiddenColumns } from '@console/app/useHiddenColumns';
import page from '@console/app/page.module.css';
import { SearchField } from '@console/app/SearchField';
import { StateLabel } from '@console/app/StateLabel';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { memberStateName, memberTone } from './memberState';
import { MembersQuery } from './operations';

const PAGE = 50;

type Member = ResultOf<typeof MembersQuery>['members']['edges'][number]['node'];

const column = createColumnHelper<Member>();

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`Name`,
        cell: ({ row }) => (
          <Link to="/members/$memberId" params={{ memberId: row.original.id }} data-row-link>
            {row.original.name}
          </Link>
        ),
      }),
      column.accessor('firmName', { header: t`Firm`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('nip', { header: t`NIP`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('customerCode', { header: t`Code`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('state', {
        header: t`State`,
        cell: ({ getValue }) => <StateLabel tone={memberTone(getValue())}>{memberStateName(getValue())}</StateLabel>,
      }),
      column.accessor('lastPurchaseOn', {
        header: t`Last purchase`,
        meta: { narrow: 'hide' },
        cell: ({ getValue }) => {
          const value = getValue();
          return value ? format.date(value) : '–';
        },
      }),
      column.accessor('pending', {
        header: t`Pending`,
        meta: { align: 'end', narrow: 'hide' },
        cell: ({ getValue }) => format.points(getValue(), { fixed: true }),
      }),
      column.accessor('available', {
        header: t`Balance`,
        meta: { align: 'end' },
        cell: ({ getValue }) => format.points(getValue(), { fixed: true }),
      }),
    ],
    [t, format],
  );
}

export function MembersPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/members' });
  const { q } = useSearch({ from: '/members' });
  usePageTitle(t`Members`);
  const columns = useColumns();
  const hidden = useHiddenColumns();
  const search = useCallback((next: string | undefined) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true }), [navigate]);
  const members = useInfiniteQuery({
    queryKey: ['members', 'list', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(MembersQuery, { first: PAGE, after: pageParam, search: q ?? null }, signal).then((data) => data.members),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => members.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [members.data]);
  return (
    <>
      <div className={page.head}>
        <h1 className={page.title}>
          <Trans>Members</Trans>
        </h1>
      </div>
      <ResourceList
        label={t`Members`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={members.data?.pages[0]?.totalCount}
        source={members}
        hidden={hidden}
        toolbar={
          <>
            <SearchField label={t`Name, e-mail, firm, NIP or code`} value={q} onSearch={search} />
            <ExportButton kind="members" search={q ?? null} disabled={rows.length === 0} />
          </>
        }
        empty={
          q ? (
            <EmptyState icon="search" title={<Trans>Nobody matches “{q}”</Trans>} />
          ) : (
            <EmptyState icon="person" title={<Trans>No members yet</Trans>}>
              <Trans>Members appear with the first import that enrolls buyers.</Trans>
            </EmptyState>
          )
        }
      />
    </>
  );
}
