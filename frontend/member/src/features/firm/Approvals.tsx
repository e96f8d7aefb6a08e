import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { execute } from '@member/api';
import { usePoints } from '@member/features/program/queries';
import rows from '@member/features/program/rows.module.css';
import { useFormat } from '@ui/format/useFormat';
import { Refusal } from '@member/features/program/Refusal';
import { ApproveOrderMutation, DeclineOrderMutation } from './operations';
import { useFirmChange, type FirmView } from './useFirm';
import classes from './Firm.module.css';

/** Orders of fitters that wait for the owner. */
export function Approvals({ orders }: { orders: FirmView['firmOrders'] }) {
  if (orders.length === 0) return null;
  return (
    <section className={rows.section} aria-labelledby="approvals-title">
      <h2 className={rows.title} id="approvals-title">
        <Trans>Waiting for your approval</Trans>
      </h2>
      {orders.map((order) => (
        <Approval key={order.id} order={order} />
      ))}
    </section>
  );
}

function Approval({ order }: { order: FirmView['firmOrders'][number] }) {
  const format = useFormat();
  const points = usePoints();
  const input = { id: order.id };
  const approve = useFirmChange(async () => (await execute(ApproveOrderMutation, { input })).approveOrder?.errors);
  const decline = useFirmChange(async () => (await execute(DeclineOrderMutation, { input })).declineOrder?.errors);
  const failed = approve.error ?? decline.error;
  return (
    <div className={classes.card} data-testid={`approval-${order.number}`}>
      <div>
        <div className={classes.strong}>
          {order.memberName}: {order.rewardName} {format.money(order.faceValue, { short: true })}
        </div>
        <p className={classes.muted}>
          {[points.figure(order.points), format.dateTime(order.createdAt), order.number].join(' · ')}
        </p>
      </div>
      <div className={classes.actions}>
        <Button loading={approve.isPending} disabled={decline.isPending} onClick={() => approve.mutate(undefined)}>
          <Trans>Approve</Trans>
        </Button>
        <Button variant="default" loading={decline.isPending} disabled={approve.isPending} onClick={() => decline.mutate(undefined)}>
          <Trans>Decline</Trans>
        </Button>
      </div>
      {failed ? <p role="alert"><Refusal error={failed} /></p> : null}
    </div>
  );
}
