import { useCallback, useMemo } from 'react';
import { NativeSelect } from '@mantine/core';
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
import { OrdersQuery } from './operations';
import { ORDER_STATES, orderStateName, orderTone, type OrderState } from './orderState';

const PAGE = 50;

type Order = ResultOf<typeof OrdersQuery>['orders']['edges'][number]['node'];

const column = createColumnHelper<Order>();

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('number', {
        header: t`Order`,
        cell: ({ row }) => (
          <Link to="/orders/$orderId" params={{ orderId: row.original.id }} data-row-link>
            {row.original.number}
          </Link>
        ),
      }),
      column.accessor('state', {
        header: t`State`,
        cell: ({ getValue }) => <StateLabel tone={orderTone(getValue())}>{orderStateName(getValue())}</StateLabel>,
      }),
      column.accessor('createdAt', { header: t`Placed`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.dateTime(getValue()) }),
      column.accessor('memberName', { header: t`Member` }),
      column.accessor('rewardName', { header: t`Reward`, meta: { narrow: 'hide' } }),
      column.accessor('faceValue', { header: t`Value`, meta: { align: 'end', narrow: 'hide' }, cell: ({ getValue }) => format.money(getValue()) }),
      column.accessor('points', { header: t`Points`, meta: { align: 'end' }, cell: ({ getValue }) => format.points(getValue(), { fixed: true }) }),
      column.accessor('secondsToDeliver', {
        header: t`Delivered in`,
        meta: { align: 'end', narrow: 'hide' },
        cell: ({ getValue }) => {
          const seconds = getValue();
          return seconds === null ? '–' : t`${format.count(seconds)} s`;
        },
      }),
    ],
    [t, format],
  );
}

export function OrdersPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/orders' });
  const { q, state } = useSearch({ from: '/orders' });
  usePageTitle(t`Orders`);
  const columns = useColumns();
  const hidden = useHiddenColumns();
  const search = useCallback(
    (next: string | undefined) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true }),
    [navigate],
  );
  const orders = useInfiniteQuery({
    queryKey: ['orders', 'list', q ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(OrdersQuery, { first: PAGE, after: pageParam, search: q ?? null, state: state ?? null }, signal).then((data) => data.orders),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => orders.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [orders.data]);
  return (
    <>
      <div className={page.head}>
        <h1 className={page.title}>
          <Trans>Orders</Trans>
        </h1>
      </div>
      <ResourceList
        label={t`Orders`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={orders.data?.pages[0]?.totalCount}
        source={orders}
        hidden={hidden}
        toolbar={
          <>
            <SearchField label={t`Order number or member`} value={q} onSearch={search} />
            <NativeSelect
              size="xs"
              aria-label={t`State`}
              value={state ?? ''}
              onChange={(event) => {
                const next = (event.currentTarget.value || undefined) as OrderState | undefined;
                void navigate({ search: (before) => ({ ...before, state: next }), replace: true });
              }}
              data={[{ value: '', label: t`All states` }, ...ORDER_STATES.map((each) => ({ value: each, label: orderStateName(each) }))]}
            />
            <ExportButton kind="orders" search={q ?? null} state={state ?? null} disabled={rows.length === 0} />
          </>
        }
        empty={
          <EmptyState icon="list" title={q || state ? <Trans>No order matches</Trans> : <Trans>No orders yet</Trans>}>
            {q || state ? null : <Trans>Orders appear here as soon as members spend their points.</Trans>}
          </EmptyState>
        }
      />
    </>
  );
}
