import { useMemo } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { createColumnHelper } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { orderStateName, orderTone } from '@console/features/orders/orderState';
import { ResourceList } from '@ui/components/ResourceList';
import { useFormat } from '@ui/format/useFormat';
import { MemberOrdersQuery } from './operations';
import { usePages } from './usePages';

type Order = ResultOf<typeof MemberOrdersQuery>['memberOrders']['edges'][number]['node'];

const column = createColumnHelper<Order>();

export function OrderList({ memberId }: { memberId: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { source, rows, total } = usePages(memberId, 'orders', (variables, signal) =>
    execute(MemberOrdersQuery, variables, signal).then((data) => data.memberOrders),
  );
  const columns = useMemo(
    () => [
      column.accessor('number', {
        header: t`Number`,
        cell: ({ row }) => (
          <Link to="/orders/$orderId" params={{ orderId: row.original.id }}>
            {row.original.number}
          </Link>
        ),
      }),
      column.accessor('createdAt', { header: t`Placed`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.date(getValue()) }),
      column.accessor('rewardName', {
        header: t`Reward`,
        cell: ({ row }) => `${row.original.rewardName} ${format.money(row.original.faceValue, { short: true })}`,
      }),
      column.accessor('state', {
        header: t`State`,
        cell: ({ getValue }) => <StateLabel tone={orderTone(getValue())}>{orderStateName(getValue())}</StateLabel>,
      }),
      column.accessor('points', { header: t`Points`, meta: { align: 'end' }, cell: ({ getValue }) => format.points(getValue()) }),
    ],
    [t, format],
  );
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Orders</Trans>
      </h2>
      <ResourceList
        label={t`Orders`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={total}
        source={source}
        empty={
          <p className={page.quiet}>
            <Trans>Nothing ordered yet.</Trans>
          </p>
        }
      />
    </section>
  );
}
