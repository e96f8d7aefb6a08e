import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { SchemeSwitch } from '@ui/components/SchemeSwitch';
import { usePageTitle } from '@ui/components/usePageTitle';
import { describeError } from '@ui/graphql/errors';
import { signOut } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import { IdFrame } from './IdFrame';
import { ProgramCard } from './ProgramCard';
import { programsQuery } from './programs';
import classes from './Id.module.css';

export function ProgramsPage() {
  const { t } = useLingui();
  const { session } = useSurroundings();
  const [asking, setAsking] = useState(false);
  const programs = useQuery(programsQuery);
  usePageTitle(t`My programs`);
  const leave = useMutation({
    mutationFn: (everywhere: boolean) => signOut({ everywhere }),
    onSuccess: () => window.location.assign('/'),
  });
  const networks = programs.data?.networks ?? [];
  const empty = programs.data && programs.data.programs.length === 0 && networks.length === 0;

  return (
    <IdFrame
      footer={
        <>
          <Button variant="default" loading={leave.isPending && !asking} onClick={() => leave.mutate(false)}>
            <Trans>Sign out</Trans>
          </Button>
          <Button variant="subtle" onClick={() => setAsking(true)}>
            <Trans>Sign out everywhere</Trans>
          </Button>
          <Button component="a" href="/account/security" variant="subtle">
            <Trans>Sign-in and security</Trans>
          </Button>
          <Button component="a" href="/account" variant="subtle">
            <Trans>Sessions and devices</Trans>
          </Button>
          <SchemeSwitch />
        </>
      }
    >
      <main className={classes.programs}>
        <h1 className={classes.title}>
          <Trans>My programs</Trans>
        </h1>
        <p className={classes.lead}>
          {[[session.person?.firstName, session.person?.lastName].filter(Boolean).join(' '), session.person?.email].filter(Boolean).join(', ')}
        </p>
        {programs.isError && !programs.data ? <ErrorState error={programs.error} onRetry={() => void programs.refetch()} /> : null}
        {empty ? (
          <EmptyState icon="wallet" title={<Trans>You are in no program yet</Trans>}>
            <Trans>Open the page of your wholesaler's program and join there. It will appear here by itself.</Trans>
          </EmptyState>
        ) : null}
        <ul className={classes.grid} aria-busy={programs.isPending}>
          {programs.isPending ? [0, 1].map((index) => <li key={index}><Skeleton height={222} radius={12} /></li>) : null}
          {programs.data?.programs.map((program) => (
            <ProgramCard key={program.wholesaler} program={program} />
          ))}
        </ul>
        {networks.length > 0 ? (
          <section className={classes.networks}>
            <h2 className={classes.heading}>
              <Trans>Networks</Trans>
            </h2>
            <ul>
              {networks.map((network) => (
                <li key={network.url} className={classes.network}>
                  <span>{network.name}</span>
                  <Button component="a" href={network.url} variant="default" aria-label={t`Headquarters of ${network.name}`}>
                    <Trans>Headquarters</Trans>
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </main>
      <ConfirmDialog
        opened={asking}
        title={<Trans>Sign out everywhere?</Trans>}
        confirmLabel={<Trans>Sign out everywhere</Trans>}
        danger
        pending={leave.isPending}
        error={leave.isError ? describeError(leave.error) : null}
        onConfirm={() => leave.mutate(true)}
        onClose={() => setAsking(false)}
      >
        <Trans>You will be signed out of every program on every device and will have to sign in again.</Trans>
      </ConfirmDialog>
    </IdFrame>
  );
}
