import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import { entryNote, entryTitle } from '@member/features/program/entryText';
import { RowsPending } from '@member/features/program/Rows';
import { KEPT, useCurrent, usePoints } from '@member/features/program/queries';
import rows from '@member/features/program/rows.module.css';
import { OrderState } from '@member/features/orders/OrderState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PointsChange } from '@ui/components/PointsChange';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { BalanceHero } from './BalanceHero';
import { LatestQuery } from './operations';
import { WhatNext } from './WhatNext';
import classes from './HomePage.module.css';

export function HomePage() {
  const { t } = useLingui();
  usePageTitle('');
  return (
    <>
      <h1 className="k-hidden">{t`Your points`}</h1>
      <div className={classes.columns} data-wide>
        <div>
          <BalanceHero />
          <WhatNext />
        </div>
        <div>
          <Latest />
        </div>
      </div>
    </>
  );
}

const LATEST = ['history', 'latest'];

/** The youngest movements and the last order, in one question to the server. */
function Latest() {
  const format = useFormat();
  const points = usePoints();
  const latest = useQuery({
    queryKey: LATEST,
    queryFn: ({ signal }) => execute(LatestQuery, {}, signal),
    meta: KEPT,
  });
  const data = useCurrent(latest, LATEST);
  const failed = latest.isError && !latest.data;
  const order = data?.orders.edges[0]?.node;
  const entries = data?.history.edges ?? [];
  const firmWaits = (data?.firmOrders.length ?? 0) + (data?.firmInvitations.length ?? 0);
  return (
    <>
      {firmWaits > 0 ? (
        <Link to="/firm" className={rows.row} data-testid="firm-waits">
          <div>
            <div className={rows.name}>
              <Trans>Your firm waits for your decision</Trans>
            </div>
            <div className={rows.note}>
              <Plural value={firmWaits} one="# matter to decide" other="# matters to decide" />
            </div>
          </div>
          <Icon name="chevron" size={18} />
        </Link>
      ) : null}
      <section className={rows.section} aria-labelledby="latest-title">
        <div className={rows.head}>
          <h2 className={rows.title} id="latest-title">
            <Trans>Latest points</Trans>
          </h2>
          <Link to="/history" className={rows.more}>
            <Trans>Whole history</Trans>
          </Link>
        </div>
        {data || failed ? null : <RowsPending rows={3} />}
        {failed ? <ErrorState error={latest.error} onRetry={() => void latest.refetch()} /> : null}
        {data && entries.length === 0 ? (
          <p className={rows.lead}>
            <Trans>Your first points will appear here after your first invoice.</Trans>
          </p>
        ) : null}
        {entries.map(({ node }) => (
          <Link key={node.id} to="/history" search={{ entry: node.id }} className={rows.row}>
            <div>
              <div className={rows.name}>{entryTitle(node)}</div>
              <div className={rows.note}>{[format.date(node.occurredAt), entryNote(node)].filter(Boolean).join(' · ')}</div>
            </div>
            <span className={rows.figure}>
              <PointsChange value={node.points} />
            </span>
          </Link>
        ))}
      </section>
      {order ? (
        <section className={rows.section} aria-labelledby="order-title">
          <div className={rows.head}>
            <h2 className={rows.title} id="order-title">
              <Trans>Last order</Trans>
            </h2>
            <Link to="/orders" className={rows.more}>
              <Trans>All orders</Trans>
            </Link>
          </div>
          <Link to="/orders/$orderId" params={{ orderId: order.id }} className={rows.row}>
            <div>
              <div className={rows.name}>
                {order.rewardName} {format.money(order.faceValue, { short: true })}
              </div>
              <div className={rows.note}>
                {format.date(order.createdAt)} · <OrderState state={order.state} />
              </div>
            </div>
            <span className={rows.figure}>
              {points.figure(order.points)}
            </span>
          </Link>
        </section>
      ) : null}
    </>
  );
}
