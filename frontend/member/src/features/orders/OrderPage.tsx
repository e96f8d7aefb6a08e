import { useEffect } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ButtonLink } from '@ui/components/ButtonLink';
import { execute } from '@member/api';
import { PagePending } from '@ui/components/PagePending';
import { balanceQuery, usePoints } from '@member/features/program/queries';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { OrderQuery } from './operations';
import { isSettled, orderStateExplanation, orderStateIcon, orderStateName, pollInterval } from './orderState';
import { WithdrawButton } from './WithdrawButton';
import classes from './OrderPage.module.css';

/** One order: where it is now, in words, and everything that happened to it. Looks again until it is settled. */
export function OrderPage() {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const client = useQueryClient();
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const query = useQuery({
    queryKey: ['orders', 'one', orderId],
    queryFn: ({ signal }) => execute(OrderQuery, { id: orderId }, signal).then((data) => data.order),
    refetchInterval: ({ state }) => (state.data === null ? false : pollInterval(state.data?.state, state.dataUpdateCount)),
  });
  const order = query.data;
  const state = order?.state;
  usePageTitle(order ? t`Order ${order.number}` : t`Order`);

  useEffect(() => {
    if (state === undefined) return;
    const touched = isSettled(state) ? [['balance'], ['vouchers'], ['history']] : [['balance']];
    for (const queryKey of touched) void client.invalidateQueries({ queryKey });
    // Nothing here shows it, so nothing else asks before the home page does.
    client
      .cancelQueries({ queryKey: balanceQuery.queryKey })
      .then(() => client.query(balanceQuery))
      .catch(() => undefined);
  }, [state, client]);

  if (order === null) {
    const all = (
      <ButtonLink to="/orders">
        <Trans>See my orders</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="list" title={<Trans>There is no such order</Trans>} action={all} />;
  }
  if (!order) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;

  return (
    <div className={classes.columns} data-wide>
      <div>
        <div className={classes.state} data-state={order.state}>
          <span className={classes.badge}>
            <Icon name={orderStateIcon(order.state)} size={22} />
          </span>
          <div className={classes.title} role="status">
            <h1 data-testid="order-state" data-state={order.state}>
              {orderStateName(order.state)}
            </h1>
          </div>
          <p className={classes.explanation}>{orderStateExplanation(order.state)}</p>
          {isSettled(order.state) || order.state === 'AWAITING' ? null : <div className={classes.progress} aria-hidden="true" />}
        </div>
        <div className={classes.actions}>
          {order.voucher ? (
            <ButtonLink to="/wallet" search={{ voucher: order.voucher.id }} fullWidth size="lg">
              <Trans>Show the code</Trans>
            </ButtonLink>
          ) : null}
          {order.state === 'AWAITING' ? <WithdrawButton orderId={order.id} /> : null}
          {order.state === 'FAILED' || order.state === 'DECLINED' ? (
            <ButtonLink to="/shop" variant="default" fullWidth>
              <Trans>Back to the shop</Trans>
            </ButtonLink>
          ) : null}
        </div>
        <dl className={classes.facts}>
          <dt>
            <Trans>Reward</Trans>
          </dt>
          <dd>{order.rewardName}</dd>
          <dt>
            <Trans>Value</Trans>
          </dt>
          <dd>{format.money(order.faceValue)}</dd>
          <dt>
            <Trans>Points</Trans>
          </dt>
          <dd>
            {points.figure(order.points)}
          </dd>
          <dt>
            <Trans>Order number</Trans>
          </dt>
          <dd>{order.number}</dd>
        </dl>
      </div>
      <section className={rows.section}>
        <h2 className={rows.title}>
          <Trans>What happened</Trans>
        </h2>
        <div style={{ marginTop: '0.75rem' }}>
          <Timeline events={order.timeline} label={t`What happened`} />
        </div>
      </section>
    </div>
  );
}
