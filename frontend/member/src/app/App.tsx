import { lazy, Suspense } from 'react';
import { RouterProvider } from '@tanstack/react-router';
import { useAccess } from '@ui/session/access';
import { isMember } from '@ui/session/roles';
import { useSurroundings } from '@ui/session/SessionContext';
import { router } from './router';

const Landing = lazy(() => import('@member/features/landing/LandingPage').then((m) => ({ default: m.LandingPage })));
const Joining = lazy(() => import('@member/features/joining/JoiningPage').then((m) => ({ default: m.JoiningPage })));

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
        <Joining />
      </Suspense>
    );
  }
  return <RouterProvider router={router} />;
}
