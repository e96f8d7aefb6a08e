import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Invitation } from '@member/features/firm/Invitation';
import { receivedInvitations } from '@member/features/firm/invitations';
import { EmptyState } from '@ui/components/EmptyState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { hasStaffRole } from '@ui/session/roles';
import { signOut } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';

/** Signed in, but not a member of this wholesaler's program. */
export function NotMemberPage() {
  const { t } = useLingui();
  const { brand, session } = useSurroundings();
  usePageTitle(t`Not a member`);
  const invitations = useQuery({
    queryKey: ['firm', 'invitations'],
    queryFn: ({ signal }) => receivedInvitations(signal),
  });
  return (
    <main style={{ paddingTop: '10vh' }}>
      <div style={{ maxWidth: '30rem', margin: '0 auto', padding: '0 1.25rem' }}>
        {invitations.data?.map((each) => (
          <Invitation key={each.id} invitation={each} onAccepted={() => window.location.assign('/')} />
        ))}
      </div>
      <EmptyState
        page
        icon="person"
        title={<Trans>You are not a member of the program of {brand.name}</Trans>}
        action={
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', justifyContent: 'center' }}>
            {hasStaffRole(session.roles) ? (
              <Button component="a" href="/console">
                <Trans>Console</Trans>
              </Button>
            ) : null}
            <Button component="a" href={brand.idUrl} variant={hasStaffRole(session.roles) ? 'default' : 'filled'}>
              <Trans>My programs</Trans>
            </Button>
            <Button variant="default" onClick={() => void signOut().then(() => window.location.assign('/'))}>
              <Trans>Sign in as somebody else</Trans>
            </Button>
          </div>
        }
      >
        <Trans>You are signed in as {session.person?.email}. If you buy here, ask the wholesaler to add you.</Trans>
        {brand.supportEmail ? (
          <>
            {' '}
            <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
          </>
        ) : null}
      </EmptyState>
    </main>
  );
}
