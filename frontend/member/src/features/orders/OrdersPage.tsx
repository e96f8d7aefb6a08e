import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '@ui/components/ButtonLink';
import { execute } from '@member/api';
import { usePoints } from '@member/features/program/queries';
import { RowsPending } from '@member/features/program/Rows';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { OrdersQuery } from './operations';
import { OrderState } from './OrderState';

const PAGE = 20;

export function OrdersPage() {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  usePageTitle(t`Orders`);
  const orders = useInfiniteQuery({
    queryKey: ['orders', 'list'],
    queryFn: ({ pageParam, signal }) => execute(OrdersQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.orders),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
  });
  const list = orders.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) ?? [];
  return (
    <>
      <h1 className={rows.page}>
        <Trans>Orders</Trans>
      </h1>
      {orders.isPending ? <RowsPending rows={5} /> : null}
      {orders.isError && !orders.data ? <ErrorState error={orders.error} onRetry={() => void orders.refetch()} /> : null}
      {orders.data && list.length === 0 ? (
        <EmptyState
          icon="list"
          title={<Trans>No orders yet</Trans>}
          action={
            <ButtonLink to="/shop">
              <Trans>See the rewards</Trans>
            </ButtonLink>
          }
        />
      ) : null}
      <ul>
        {list.map((order) => (
          <li key={order.id}>
            <Link to="/orders/$orderId" params={{ orderId: order.id }} className={rows.row}>
              <div>
                <div className={rows.name}>{order.rewardName}</div>
                <div className={rows.note}>
                  {format.date(order.createdAt)} · <OrderState state={order.state} />
                </div>
              </div>
              <div>
                <div className={rows.figure}>{format.money(order.faceValue, { short: true })}</div>
                <div className={rows.subfigure}>
                  {points.figure(order.points)}
                </div>
              </div>
            </Link>
          </li>
        ))}
      </ul>
      {orders.hasNextPage ? (
        <Button variant="default" fullWidth mt="lg" loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
          <Trans>Show older</Trans>
        </Button>
      ) : null}
    </>
  );
}
