import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import { balanceQuery, usePointName } from '@member/features/program/queries';
import rows from '@member/features/program/rows.module.css';
import { Icon } from '@ui/components/Icon';
import { useFormat } from '@ui/format/useFormat';
import { findNextStep } from './nextStep';
import { WhatNextQuery } from './operations';
import { RowsPending } from '@member/features/program/Rows';
import classes from './HomePage.module.css';

/** The nearest thing that the points bring: what is in reach now, and how far the next one is. */
export function WhatNext() {
  const format = useFormat();
  const unit = usePointName();
  const { data: balance } = useQuery(balanceQuery);
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
        <Link to="/checkout/$rewardId" params={{ rewardId: step.reachable.id }} className={classes.goal}>
          <span className={classes.swatch} style={{ background: step.reachable.color }} />
          <div>
            <div className={classes.goalName}>{step.reachable.name}</div>
            <div className={classes.goalNote}>
              <Trans>
                Yours now, from {format.points(step.reachable.fromPoints)} {unit}
              </Trans>
            </div>
          </div>
          <Icon name="chevron" size={20} />
        </Link>
      ) : null}
      {step?.ahead ? (
        <Link to="/checkout/$rewardId" params={{ rewardId: step.ahead.reward.id }} className={classes.goal}>
          <span className={classes.swatch} style={{ background: step.ahead.reward.color }} />
          <div>
            <div className={classes.goalName}>{step.ahead.reward.name}</div>
            <div className={classes.goalNote}>
              <Trans>
                {format.points(step.ahead.missing)} {unit} to go
              </Trans>
            </div>
          </div>
          <Icon name="chevron" size={20} />
          <div className={classes.meter}>
            <div style={{ width: `${step.ahead.progress * 100}%` }} />
          </div>
        </Link>
      ) : null}
    </section>
  );
}
