import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Only } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { ErrorState } from '@ui/components/ErrorState';
import { isZero } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { AdjustForm } from './AdjustForm';
import { MemberStandingQuery } from './operations';
import classes from './MemberPage.module.css';

interface StandingProps {
  member: { id: string; name: string; earnedTotal: string; spentTotal: string };
}

/** What the member can spend, what waits and until when, what is owed; and the form that changes it by hand. */
export function Standing({ member }: StandingProps) {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const [adjusting, setAdjusting] = useState(false);
  const query = useQuery({
    queryKey: ['members', 'one', member.id, 'standing'],
    queryFn: ({ signal }) => execute(MemberStandingQuery, { id: member.id }, signal).then((data) => data.memberStanding),
  });
  const standing = query.data;
  if (!standing) return query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton height={64} />;
  const figures: { name: string; value: string; note?: string | undefined; tone?: 'danger' | undefined }[] = [
    { name: t`To spend`, value: standing.available },
    {
      name: t`Pending`,
      value: standing.pending,
      note: standing.maturingOn ? t`${format.points(standing.maturingNext)} from ${format.date(standing.maturingOn)}` : undefined,
    },
    { name: t`Held for orders`, value: standing.held },
    {
      name: t`Expires within 30 days`,
      value: standing.expiringSoon,
      note: standing.expiringOn ? t`first on ${format.date(standing.expiringOn)}` : undefined,
    },
    { name: t`Owed`, value: standing.debt, tone: isZero(standing.debt) ? undefined : 'danger' },
    { name: t`Earned in all`, value: member.earnedTotal },
    { name: t`Spent in all`, value: member.spentTotal },
  ];
  return (
    <>
      <dl className={page.figures}>
        {figures.map(({ name, value, note, tone }) => (
          <div key={name} className={page.figure}>
            <dt>{name}</dt>
            <dd data-tone={tone ?? (isZero(value) ? 'quiet' : undefined)} data-testid={name === t`To spend` ? 'member-available' : undefined}>
              {points.figure(value)}
            </dd>
            {note ? <dd className={classes.figureNote}>{note}</dd> : null}
          </div>
        ))}
      </dl>
      <div className={classes.adjusting}>
        {adjusting ? (
          <AdjustForm memberId={member.id} name={member.name} standing={standing} onDone={() => setAdjusting(false)} />
        ) : (
          <Only may="adjustPoints">
            <Button variant="default" onClick={() => setAdjusting(true)}>
              <Trans>Give or take points</Trans>
            </Button>
          </Only>
        )}
      </div>
    </>
  );
}
