import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ResultOf } from '@member/api';
import { usePoints } from '@member/features/program/queries';
import { Icon } from '@ui/components/Icon';
import { useFormat } from '@ui/format/useFormat';
import type { RewardsQuery } from './operations';
import { VoucherFace } from './VoucherFace';
import classes from './ShopPage.module.css';

type Reward = ResultOf<typeof RewardsQuery>['rewards']['edges'][number]['node'];

export function RewardCard({ reward }: { reward: Reward }) {
  const format = useFormat();
  const points = usePoints();
  const values = reward.denominations.map((each) => each.amount);
  const [low, high] = reward.kind === 'RANGE' ? [reward.minAmount, reward.maxAmount] : [values.at(0), values.at(-1)];
  const span = [low, high].filter((amount) => amount != null).map((amount) => format.money(amount, { short: true }));
  return (
    <Link to="/checkout/$rewardId" params={{ rewardId: reward.id }} className={classes.card} data-sold-out={reward.soldOut ? true : undefined}>
      <VoucherFace brandName={reward.brandName} color={reward.color} picture={reward.picture} value={[...new Set(span)].join(' – ')} />
      <h2 className={classes.name}>{reward.name}</h2>
      <p className={classes.price}>
        <Trans>
          from {points.figure(reward.fromPoints, { genitive: true })}
        </Trans>
      </p>
      {reward.soldOut ? (
        <p className={classes.sold}>
          <Trans>sold out</Trans>
        </p>
      ) : null}
      {reward.affordable && !reward.soldOut ? (
        <p className={classes.now}>
          <Icon name="check" size={16} />
          <Trans>you can afford it</Trans>
        </p>
      ) : null}
    </Link>
  );
}
