import { lazy, Suspense } from 'react';
import { RouterProvider } from '@tanstack/react-router';
import { useAccess } from '@ui/session/access';
import { isMember } from '@ui/session/roles';
import { useSurroundings } from '@ui/session/SessionContext';
import { router } from './router';

const Landing = lazy(() => import('@member/features/landing/LandingPage').then((m) => ({ default: m.LandingPage })));
const NotMember = lazy(() => import('@member/features/landing/NotMemberPage').then((m) => ({ default: m.NotMemberPage })));

export function App() {
  const { session } = useSurroundings();
  const access = useAccess();
  if (!session.authenticated || access === 'signed-out') {
    return (
      <Suspense>
        <Landing sessionEnded={access === 'signed-out'} />
      </Suspense>
    );
  }
  if (access === 'forbidden' || !isMember(session.roles)) {
    return (
      <Suspense>
        <NotMember />
      </Suspense>
    );
  }
  return <RouterProvider router={router} />;
}
