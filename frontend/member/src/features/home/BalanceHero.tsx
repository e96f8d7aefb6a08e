import { Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { balanceQuery, useCurrent, usePoints } from '@member/features/program/queries';
import balanceClasses from '@member/features/program/Balance.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { isZero } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import classes from './HomePage.module.css';

/** What can be spent, as big as it matters, and what is on its way or about to go, small. */
export function BalanceHero() {
  const format = useFormat();
  const points = usePoints();
  const { data, error, isFetching, refetch } = useQuery(balanceQuery);
  const balance = useCurrent({ data, isFetching }, balanceQuery.queryKey);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <section className={classes.hero} aria-busy={!balance}>
      <h2 className={balanceClasses.label}>
        <Trans>To spend now</Trans>
      </h2>
      <p className={balanceClasses.figure}>
        {balance ? (
          <>
            <span data-testid="balance-available">{format.points(balance.available)}</span>
            <span className={balanceClasses.unit}>{points.word(balance.available)}</span>
          </>
        ) : (
          <Skeleton height="1.05em" width="60%" />
        )}
      </p>
      <dl className={classes.parts}>
        <div className={classes.part}>
          <dt>
            <Trans>Pending</Trans>
          </dt>
          <dd>{balance ? format.points(balance.pending) : '–'}</dd>
        </div>
        <div className={classes.part}>
          <dt>
            <Trans>Held</Trans>
          </dt>
          <dd>{balance ? format.points(balance.held) : '–'}</dd>
        </div>
        <div className={classes.part}>
          <dt>
            {balance?.expiringOn && !isZero(balance.expiringSoon) ? (
              <Trans>Expires {format.day(balance.expiringOn)}</Trans>
            ) : (
              <Trans>Expiring soon</Trans>
            )}
          </dt>
          <dd>{balance ? format.points(balance.expiringSoon) : '–'}</dd>
        </div>
      </dl>
      {balance && !isZero(balance.debt) ? (
        <p className={classes.debt}>
          <Trans>
            {points.figure(balance.debt)} will be taken from your next points: a purchase was corrected after its points were
            spent.
          </Trans>
        </p>
      ) : null}
      <p className={classes.asOf}>{balance ? <Trans>As of {format.dateTime(balance.asOf)}</Trans> : '\u00a0'}</p>
    </section>
  );
}
