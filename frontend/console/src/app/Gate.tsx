import { useEffect, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '@ui/components/EmptyState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useAccess } from '@ui/session/access';
import { hasStaffRole } from '@ui/session/roles';
import { leaveFor } from '@ui/session/leave';
import { currentPath, loginUrl, signOut } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';

/** Staff only: who is not signed in, or by one factor, goes to the sign-on and comes back; who has no role is told so. */
export function Gate({ children }: { children: ReactNode }) {
  const { session } = useSurroundings();
  const access = useAccess();
  const signedOut = !session.authenticated || access === 'signed-out';
  const oneFactor = !signedOut && hasStaffRole(session.roles) && (!session.twoFactors || access === 'one-factor');
  useEffect(() => {
    if (signedOut) leaveFor(loginUrl(currentPath()));
    else if (oneFactor) leaveFor(loginUrl(currentPath(), 'two-factors'));
  }, [signedOut, oneFactor]);
  if (signedOut || oneFactor) return null;
  return access === 'forbidden' || !hasStaffRole(session.roles) ? <NoRole /> : children;
}

function NoRole() {
  const { t } = useLingui();
  const { brand, session } = useSurroundings();
  usePageTitle(t`No access`);
  return (
    <main style={{ paddingTop: '12vh' }}>
      <EmptyState
        page
        icon="person"
        title={<Trans>Your account has no role here</Trans>}
        action={
          <div style={{ display: 'flex', gap: '0.5rem', justifyContent: 'center', flexWrap: 'wrap' }}>
            <Button component="a" href={brand.idUrl}>
              <Trans>My programs</Trans>
            </Button>
            <Button variant="default" onClick={() => void signOut().then(() => window.location.assign(loginUrl(currentPath())))}>
              <Trans>Sign in as somebody else</Trans>
            </Button>
          </div>
        }
      >
        <Trans>
          You are signed in as {session.person?.email}. An administrator of {brand.name} can give you access.
        </Trans>
      </EmptyState>
    </main>
  );
}
