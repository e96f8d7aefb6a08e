import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { CheckButton } from './CheckButton';
import { OrderQuery } from './operations';
import { failureName, orderStateName, orderTone } from './orderState';

export function OrderPage() {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const query = useQuery({
    queryKey: ['orders', 'one', orderId],
    queryFn: ({ signal }) => execute(OrderQuery, { id: orderId }, signal).then((data) => data.order),
  });
  const order = query.data;
  usePageTitle(order ? t`Order ${order.number}` : t`Order`);

  if (order === null) {
    const all = (
      <ButtonLink to="/orders">
        <Trans>Orders</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="list" title={<Trans>There is no such order</Trans>} action={all} />;
  }
  if (!order) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;

  return (
    <>
      <Link to="/orders" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Orders</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Order {order.number}</Trans>
          </h1>
          <p className={page.lead}>
            <span data-testid="order-state" data-state={order.state}>
              <StateLabel tone={orderTone(order.state)}>{orderStateName(order.state)}</StateLabel>
            </span>
          </p>
        </div>
        {order.canCheck ? <Only may="checkOrder"><CheckButton orderId={order.id} /></Only> : null}
      </div>
      <div className={page.columns}>
        <dl className={page.facts}>
          <dt>
            <Trans>Member</Trans>
          </dt>
          <dd>
            <Link to="/members/$memberId" params={{ memberId: order.memberId }} className={page.link}>
              {order.memberName}
            </Link>
          </dd>
          <dt>
            <Trans>Reward</Trans>
          </dt>
          <dd>
            {order.rewardName} ({order.brandName})
          </dd>
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
            <Trans>Placed</Trans>
          </dt>
          <dd>{format.dateTime(order.createdAt)}</dd>
          <dt>
            <Trans>Partner</Trans>
          </dt>
          <dd>
            {order.partnerName}
            {order.partnerOrderId ? (
              <>
                {', '}
                <code>{order.partnerOrderId}</code>
              </>
            ) : null}
            {order.asked > 1 ? (
              <>
                {', '}
                <Plural value={order.asked} one="asked # time" other="asked # times" />
              </>
            ) : null}
          </dd>
          {order.failure ? (
            <>
              <dt>
                <Trans>Why it failed</Trans>
              </dt>
              <dd>{failureName(order.failure)}</dd>
            </>
          ) : null}
          <dt>
            <Trans>Delivered in</Trans>
          </dt>
          <dd>{order.secondsToDeliver === null ? '–' : t`${format.count(order.secondsToDeliver)} s`}</dd>
        </dl>
        <section>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={order.timeline} label={t`What happened`} />
        </section>
      </div>
    </>
  );
}
