import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { execute } from '@console/api';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { DocumentList } from './DocumentList';
import { HistoryList } from './HistoryList';
import { memberPathName } from './memberPath';
import { memberStateName, memberTone } from './memberState';
import { MergeDialog } from './MergeDialog';
import { Merged } from './Merged';
import { MemberQuery } from './operations';
import { OrderList } from './OrderList';
import { Standing } from './Standing';

export function MemberPage() {
  const { t } = useLingui();
  const format = useFormat();
  const { memberId } = useParams({ from: '/members/$memberId' });
  const [merging, setMerging] = useState(false);
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

  const facts: [string, ReactNode][] = [
    [
      t`Firm`,
      member.firmId ? (
        <Link key="firm" to="/firms/$firmId" params={{ firmId: member.firmId }}>
          {member.firmName}
        </Link>
      ) : null,
    ],
    [t`NIP`, member.nip],
    [t`Customer code`, member.customerCode],
    [t`E-mail`, member.email],
    [
      t`Phone`,
      member.phone ? (
        <a key="phone" href={`tel:${member.phone}`}>
          {format.phone(member.phone)}
        </a>
      ) : null,
    ],
    [t`Joined`, format.date(member.joinedOn)],
    [t`How they came`, memberPathName(member.path)],
    [t`Last purchase`, member.lastPurchaseOn ? format.date(member.lastPurchaseOn) : null],
  ];
  if (member.broughtBy) facts.push([t`Brought by`, member.broughtBy]);
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
        {member.mergedIntoId ? null : (
          <Only may="mergeMembers">
            <Button variant="default" size="xs" onClick={() => setMerging(true)}>
              <Trans>Merge with another account</Trans>
            </Button>
          </Only>
        )}
      </div>
      <Merged member={member} />
      <Standing member={member} />
      <div className={page.columns}>
        <div>
          <DocumentList memberId={member.id} />
          <HistoryList memberId={member.id} />
          <OrderList memberId={member.id} />
        </div>
        <div>
          <section className={page.section}>
            <h2 className={page.subtitle}>
              <Trans>Details</Trans>
            </h2>
            <dl className={page.facts}>
              {facts.map(([name, value]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt>{name}</dt>
                  <dd style={{ overflowWrap: 'anywhere' }}>{value ?? '–'}</dd>
                </div>
              ))}
            </dl>
          </section>
          <section className={page.section}>
            <h2 className={page.subtitle}>
              <Trans>What happened</Trans>
            </h2>
            <Timeline events={member.timeline} label={t`What happened`} />
          </section>
        </div>
      </div>
      {merging ? <MergeDialog member={member} onClose={() => setMerging(false)} /> : null}
    </>
  );
}
