import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { memberStateName, memberTone } from './memberState';
import { MemberQuery } from './operations';

export function MemberPage() {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const { memberId } = useParams({ from: '/members/$memberId' });
  const query = useQuery({
    queryKey: ['members', 'one', memberId],
    queryFn: ({ signal }) => execute(MemberQuery, { id: memberId }, signal).then((data) => data.member),
  });
  const member = query.data;
  usePageTitle(member?.name ?? t`Member`);

  if (member === null) {
    const all = (
      <ButtonLink to="/members">
        <Trans>Members</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="person" title={<Trans>There is no such member</Trans>} action={all} />;
  }
  if (!member) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;

  const figures: [string, string][] = [
    [t`Balance`, member.available],
    [t`Pending`, member.pending],
    [t`Held`, member.held],
    [t`Earned in all`, member.earnedTotal],
    [t`Spent in all`, member.spentTotal],
  ];
  const facts: [string, string | null][] = [
    [t`Firm`, member.firmName],
    [t`NIP`, member.nip],
    [t`Customer code`, member.customerCode],
    [t`E-mail`, member.email],
    [t`Joined`, format.date(member.joinedOn)],
    [t`Last purchase`, member.lastPurchaseOn ? format.date(member.lastPurchaseOn) : null],
  ];
  return (
    <>
      <Link to="/members" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Members</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{member.name}</h1>
          <p className={page.lead}>
            <StateLabel tone={memberTone(member.state)}>{memberStateName(member.state)}</StateLabel>
          </p>
        </div>
      </div>
      <dl className={page.figures}>
        {figures.map(([name, value]) => (
          <div key={name} className={page.figure}>
            <dt>{name}</dt>
            <dd>
              {points.figure(value)}
            </dd>
          </div>
        ))}
      </dl>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>Details</Trans>
        </h2>
        <dl className={page.facts}>
          {facts.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value ?? '–'}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className={page.section}>
        <Link to="/orders" search={{ q: member.name }} className={page.link}>
          <Trans>Orders of this member</Trans>
        </Link>
      </p>
    </>
  );
}
