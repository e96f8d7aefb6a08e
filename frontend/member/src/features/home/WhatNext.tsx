import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import { balanceQuery, useCurrent, usePoints } from '@member/features/program/queries';
import { RowsPending } from '@member/features/program/Rows';
import rows from '@member/features/program/rows.module.css';
import { VoucherFace } from '@member/features/shop/VoucherFace';
import { Icon } from '@ui/components/Icon';
import { useFormat } from '@ui/format/useFormat';
import { findNextStep, type Option } from './nextStep';
import { WhatNextQuery } from './operations';
import classes from './HomePage.module.css';

/** The nearest thing that the points bring: what is in reach now, and how far the next one is. */
export function WhatNext() {
  const points = usePoints();
  const { data, isFetching } = useQuery(balanceQuery);
  const balance = useCurrent({ data, isFetching }, balanceQuery.queryKey);
  const rewards = useQuery({
    queryKey: ['rewards', 'what-next'],
    queryFn: ({ signal }) => execute(WhatNextQuery, {}, signal).then((data) => data.rewards.edges.map((edge) => edge.node)),
  });
  const step = rewards.data && balance ? findNextStep(rewards.data, balance.available) : null;
  if (rewards.isError || (step && !step.reachable && !step.ahead)) return null;
  return (
    <section className={rows.section} aria-labelledby="next-title">
      <div className={rows.head}>
        <h2 className={rows.title} id="next-title">
          <Trans>What next</Trans>
        </h2>
        <Link to="/shop" className={rows.more}>
          <Trans>All rewards</Trans>
        </Link>
      </div>
      {step ? null : <RowsPending rows={2} />}
      {step?.reachable ? (
        <GoalRow option={step.reachable}>
          <Trans>Yours now for {points.figure(step.reachable.points)}</Trans>
        </GoalRow>
      ) : null}
      {step?.ahead ? (
        <GoalRow option={step.ahead} progress={step.ahead.progress}>
          <Trans>{points.figure(step.ahead.missing, { genitive: true })} to go</Trans>
        </GoalRow>
      ) : null}
    </section>
  );
}

function GoalRow({ option, progress, children }: { option: Option; progress?: number; children: ReactNode }) {
  const format = useFormat();
  const { reward, value } = option;
  return (
    <Link to="/checkout/$rewardId" params={{ rewardId: reward.id }} className={classes.goal}>
      <VoucherFace brandName={reward.brandName} color={reward.color} picture={reward.picture} />
      <div>
        <div className={classes.goalName}>
          {reward.name} {value ? format.money(value, { short: true }) : null}
        </div>
        <div className={classes.goalNote}>{children}</div>
        {progress === undefined ? null : (
          <div className={classes.meter}>
            <div style={{ width: `${progress * 100}%` }} />
          </div>
        )}
      </div>
      <Icon name="chevron" size={20} />
    </Link>
  );
}
