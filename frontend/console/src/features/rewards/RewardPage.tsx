import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Locked, Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
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
import { ActiveButton } from './ActiveButton';
import { CodesForm } from './CodesForm';
import { RewardQuery } from './operations';
import { PictureForm } from './PictureForm';
import { PriceForm } from './PriceForm';
import { rewardStateName, rewardTone } from './rewardState';
import { useValues } from './useValues';
import classes from './Rewards.module.css';

export type Reward = NonNullable<ResultOf<typeof RewardQuery>['reward']>;

export function RewardPage() {
  const { t } = useLingui();
  const { rewardId } = useParams({ from: '/rewards/$rewardId' });
  const query = useQuery({
    queryKey: ['rewards', 'one', rewardId],
    queryFn: ({ signal }) => execute(RewardQuery, { id: rewardId }, signal).then((data) => data.reward),
  });
  const reward = query.data;
  usePageTitle(reward ? reward.name : t`Reward`);

  if (reward === null) {
    const all = (
      <ButtonLink to="/rewards">
        <Trans>Rewards</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="shop" title={<Trans>There is no such reward</Trans>} action={all} />;
  }
  if (!reward) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;

  return (
    <>
      <Link to="/rewards" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Rewards</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{reward.name}</h1>
          <p className={page.lead}>
            <span data-testid="reward-state">
              <StateLabel tone={rewardTone(reward)}>{rewardStateName(reward)}</StateLabel>
            </span>
          </p>
        </div>
        <Only may="changeReward"><ActiveButton reward={reward} /></Only>
      </div>
      <div className={page.columns}>
        <div>
          <Facts reward={reward} />
          <section className={page.section}>
            <h2 className={page.subtitle}>
              <Trans>Price and category</Trans>
            </h2>
            <Locked may="changeReward"><PriceForm key={reward.id} reward={reward} /></Locked>
          </section>
          <section className={page.section}>
            <h2 className={page.subtitle}>
              <Trans>Picture</Trans>
            </h2>
            <Locked may="changeReward"><PictureForm reward={reward} /></Locked>
          </section>
          {reward.pooled ? (
            <section className={page.section}>
              <h2 className={page.subtitle}>
                <Trans>Upload codes</Trans>
              </h2>
              <Only may="createPoolReward"><CodesForm reward={reward} /></Only>
            </section>
          ) : null}
        </div>
        <section>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={reward.timeline} label={t`What happened`} />
        </section>
      </div>
    </>
  );
}

function Facts({ reward }: { reward: Reward }) {
  const format = useFormat();
  const points = usePoints();
  const values = useValues();
  return (
    <>
      <dl className={page.facts}>
        <dt>
          <Trans>Brand</Trans>
        </dt>
        <dd>{reward.brandName}</dd>
        <dt>
          <Trans>Partner</Trans>
        </dt>
        <dd>
          <Link to="/partners" className={page.link}>
            {reward.partnerName}
          </Link>
        </dd>
        <dt>
          <Trans>Face values</Trans>
        </dt>
        <dd>{values(reward)}</dd>
      </dl>
      {reward.denominations.length > 0 ? (
        <table className={classes.values}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Face value</Trans>
              </th>
              <th scope="col">
                <Trans>Price</Trans>
              </th>
              {reward.pooled ? (
                <th scope="col">
                  <Trans>Free codes</Trans>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {reward.denominations.map((each) => (
              <tr key={each.amount.amount}>
                <td>{format.money(each.amount)}</td>
                <td>{points.figure(each.points)}</td>
                {reward.pooled ? <td>{format.count(each.stock ?? 0)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
