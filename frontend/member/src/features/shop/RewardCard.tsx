import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ResultOf } from '@member/api';
import { usePointName } from '@member/features/program/queries';
import { useFormat } from '@ui/format/useFormat';
import type { RewardsQuery } from './operations';
import { VoucherFace } from './VoucherFace';
import classes from './ShopPage.module.css';

type Reward = ResultOf<typeof RewardsQuery>['rewards']['edges'][number]['node'];

export function RewardCard({ reward }: { reward: Reward }) {
  const format = useFormat();
  const unit = usePointName();
  const values = reward.denominations.map((each) => each.amount);
  const [low, high] = reward.kind === 'RANGE' ? [reward.minAmount, reward.maxAmount] : [values.at(0), values.at(-1)];
  const span = [low, high].filter((amount) => amount != null).map((amount) => format.money(amount, { short: true }));
  return (
    <Link to="/checkout/$rewardId" params={{ rewardId: reward.id }} className={classes.card}>
      <VoucherFace brandName={reward.brandName} color={reward.color} value={[...new Set(span)].join(' – ')} />
      <h2 className={classes.name}>{reward.name}</h2>
      <p className={classes.price}>
        <Trans>
          from {format.points(reward.fromPoints)} {unit}
        </Trans>
        {reward.affordable ? (
          <>
            {' · '}
            <span className={classes.now}>
              <Trans>you can afford it</Trans>
            </span>
          </>
        ) : null}
      </p>
    </Link>
  );
}
