import type { ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Invitation } from '@member/features/firm/Invitation';
import { receivedInvitations } from '@member/features/firm/invitations';
import { Icon, type IconName } from '@ui/components/Icon';
import { useSurroundings } from '@ui/session/SessionContext';
import { ApplicationState } from './ApplicationState';
import type { Registration } from './joining';
import classes from './Joining.module.css';

/** What waits for the person, then the two ways in. */
export function Choice({ standing, pending }: { standing: Registration | undefined; pending: boolean }) {
  const { session } = useSurroundings();
  const invitations = useQuery({
    queryKey: ['firm', 'invitations'],
    queryFn: ({ signal }) => receivedInvitations(signal),
  });
  const application = standing?.application;
  const decided = application?.state === 'waiting' || application?.state === 'declined' ? application : null;
  if (standing?.member) return <Inside />;
  return (
    <>
      <p className={classes.lead}>
        <Trans>You are signed in as {session.person?.email}.</Trans>
      </p>
      {invitations.data?.map((each) => (
        <Invitation key={each.id} invitation={each} onAccepted={() => window.location.assign('/')} />
      ))}
      <div className={classes.choices} aria-busy={pending}>
        {decided ? <ApplicationState application={decided} again={standing?.mode !== 'closed'} /> : null}
        <Way
          to="#claim"
          icon="wallet"
          name={<Trans>I already collect points here</Trans>}
          note={<Trans>You gave a phone number or another e-mail at the counter.</Trans>}
        />
        {pending ? <Skeleton height={96} /> : null}
        {standing && standing.mode !== 'closed' && !decided ? (
          <Way
            to="#apply"
            icon="person"
            name={<Trans>I want to join</Trans>}
            note={
              standing.mode === 'open' ? (
                <Trans>With one of your invoices from us you are in at once.</Trans>
              ) : (
                <Trans>A short form. We answer by e-mail.</Trans>
              )
            }
          />
        ) : null}
      </div>
      {standing?.mode === 'closed' ? <Closed /> : null}
    </>
  );
}

function Way({ to, icon, name, note }: { to: string; icon: IconName; name: ReactNode; note: ReactNode }) {
  return (
    <a href={to} className={classes.choice}>
      <Icon name={icon} size={28} />
      <span>
        <span className={classes.name}>{name}</span>
        <span className={classes.note}>{note}</span>
      </span>
      <Icon name="chevron" />
    </a>
  );
}

/** Nobody can apply: whom to ask. */
function Closed() {
  const { brand } = useSurroundings();
  return (
    <p className={classes.lead}>
      <Trans>New to the program? {brand.name} adds people itself. Ask at the counter and give the NIP of your firm.</Trans>
    </p>
  );
}

/** Taken in while this page stood open. */
function Inside() {
  return (
    <div className={classes.choices}>
      <div className={classes.state}>
        <p role="status">
          <Trans>You are in. Your points wait for you.</Trans>
        </p>
        <Button component="a" href="/">
          <Trans>See your points</Trans>
        </Button>
      </div>
    </div>
  );
}
