import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { ApplicationCard, type Decided } from './ApplicationCard';
import { ApplicationsQuery } from './operations';
import classes from './Applications.module.css';

const WAITING = 'waiting';

/** Who asks to join, with what is known of the firm, for somebody here to decide. */
export function ApplicationsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/applications' });
  const { state = WAITING } = useSearch({ from: '/applications' });
  const [decided, setDecided] = useState<Decided | null>(null);
  usePageTitle(t`Applications`);
  const waiting = state === WAITING;
  const query = useQuery({
    queryKey: ['applications', state],
    queryFn: ({ signal }) => execute(ApplicationsQuery, { state }, signal).then((data) => data.applications),
  });
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Applications</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>People who ask to join by themselves. Accepted, they are members at once and get a message.</Trans>
          </p>
        </div>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t`Which applications`}
        value={state}
        onChange={(value) => void navigate({ search: { state: value === 'decided' ? 'decided' : undefined }, replace: true })}
        data={[
          { value: WAITING, label: t`Waiting` },
          { value: 'decided', label: t`Decided` },
        ]}
      />
      <p role="status" className={classes.said}>
        {decided ? <Said decided={decided} /> : null}
      </p>
      {query.data ? null : query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />}
      {query.data?.length === 0 ? <EmptyState icon="person" title={waiting ? <Trans>No application waits</Trans> : <Trans>Nothing was decided yet</Trans>} /> : null}
      <ul className={classes.cards}>
        {query.data?.map((application) => (
          <ApplicationCard key={application.id} application={application} onDecided={setDecided} />
        ))}
      </ul>
    </>
  );
}

function Said({ decided: { name, memberId, accepted } }: { decided: Decided }) {
  if (!accepted) return <Trans>{name} gets your reason in a message.</Trans>;
  return (
    <>
      <Trans>{name} is a member now.</Trans>{' '}
      {memberId ? (
        <Link to="/members/$memberId" params={{ memberId }}>
          <Trans>Open the member's page</Trans>
        </Link>
      ) : null}
    </>
  );
}
