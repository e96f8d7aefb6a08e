import { useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import type { ResultOf } from '@member/api';
import { Refusal } from '@member/features/program/Refusal';
import { usePoints } from '@member/features/program/queries';
import { VoucherFace } from '@member/features/shop/VoucherFace';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { toHundredths } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { AmountChoice } from './AmountChoice';
import { balanceAfter, priceChosen, type Priced } from './amount';
import type { RewardQuery } from './operations';
import { UnsettledNotice } from './UnsettledNotice';
import { usePlaceOrder } from './usePlaceOrder';
import classes from './CheckoutPage.module.css';

export type CheckoutReward = NonNullable<ResultOf<typeof RewardQuery>['reward']>;

/** Choose a value, see the balance before and after, confirm once. */
export function CheckoutForm({ reward, available, chosen }: { reward: CheckoutReward; available: string; chosen: string | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const navigate = useNavigate();
  const [priced, setPriced] = useState<Priced | null>(() => priceChosen(chosen, reward, available));
  const [confirming, setConfirming] = useState(false);
  const order = usePlaceOrder(reward.id, ({ id }) => {
    void navigate({ to: '/orders/$orderId', params: { orderId: id }, replace: true });
  });
  const currency = reward.minAmount?.currency ?? reward.denominations[0]?.amount.currency ?? 'PLN';
  const money = (faceValue: string) => format.money({ amount: faceValue, currency }, { short: true });
  const after = priced ? balanceAfter(available, priced.points) : null;
  const unit = priced ? points.word(priced.points) : '';
  const missing = after !== null && toHundredths(after) < 0n ? after.slice(1) : null;

  return (
    <>
      <div className={classes.columns} data-wide>
        <div>
          <div className={classes.top}>
            <VoucherFace brandName={reward.brandName} color={reward.color} picture={reward.picture} value={priced ? money(priced.faceValue) : ''} />
            <h1 className={classes.name}>{reward.name}</h1>
          </div>
          <p className={classes.about}>{reward.description}</p>
          {reward.validityDays ? (
            <p className={classes.about}>
              <Plural
                value={reward.validityDays}
                one="The code is valid for # day from the order."
                other="The code is valid for # days from the order."
              />
            </p>
          ) : null}
        </div>
        <div>
          {order.unsettled ? (
            <UnsettledNotice
              value={money(order.unsettled.faceValue)}
              pending={order.pending}
              onRepeat={() => order.unsettled && order.place(order.unsettled.faceValue)}
            />
          ) : reward.soldOut ? (
            <p className={classes.about} role="status">
              <Trans>This voucher is sold out for now. Have a look again in a few days.</Trans>
            </p>
          ) : (
            <>
              <AmountChoice reward={reward} available={available} initial={priced} onChange={setPriced} />
              <dl className={classes.sum}>
                <div className={classes.sumRow}>
                  <dt>
                    <Trans>Your balance now</Trans>
                  </dt>
                  <dd>
                    {points.figure(available)}
                  </dd>
                </div>
                <div className={classes.sumRow}>
                  <dt>
                    <Trans>This order</Trans>
                  </dt>
                  <dd>{priced ? points.figure(`-${priced.points}`) : '–'}</dd>
                </div>
                <div className={`${classes.sumRow} ${classes.total} ${missing ? classes.short : ''}`}>
                  <dt>{missing ? <Trans>Missing</Trans> : <Trans>Balance after</Trans>}</dt>
                  <dd>{after ? points.figure(missing ?? after) : '–'}</dd>
                </div>
              </dl>
              <div className={classes.go}>
                <Button fullWidth size="lg" disabled={!priced || missing !== null} onClick={() => setConfirming(true)}>
                  {priced && !missing ? t`Order for ${format.points(priced.points)} ${unit}` : t({ message: 'Order', context: 'verb' })}
                </Button>
              </div>
            </>
          )}
        </div>
      </div>
      <ConfirmDialog
        opened={confirming && order.unsettled === null}
        title={<Trans>Order this voucher?</Trans>}
        confirmLabel={<Trans>Order and pay with points</Trans>}
        pending={order.pending}
        error={order.error ? <Refusal error={order.error} back={priced ? `/checkout/${reward.id}?value=${priced.faceValue}` : undefined} /> : null}
        onClose={() => {
          order.reset();
          setConfirming(false);
        }}
        onConfirm={() => {
          if (priced) order.place(priced.faceValue);
        }}
      >
        {priced && after ? (
          <>
            <p>
              <Trans>
                {reward.name}, value {money(priced.faceValue)}, for{' '}
                <strong>
                  {points.figure(priced.points)}
                </strong>
                . You will have {points.figure(after)} left.
              </Trans>
            </p>
            <p className={classes.about}>
              <Trans>A voucher that has been issued cannot be returned.</Trans>
            </p>
          </>
        ) : null}
      </ConfirmDialog>
    </>
  );
}
