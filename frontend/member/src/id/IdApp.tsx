import { lazy, Suspense } from 'react';
import { useSurroundings } from '@ui/session/SessionContext';
import { SignInPage } from './SignInPage';

const ProgramsPage = lazy(() => import('./ProgramsPage').then((m) => ({ default: m.ProgramsPage })));

export function IdApp() {
  const { session } = useSurroundings();
  if (!session.authenticated) return <SignInPage />;
  return (
    <Suspense>
      <ProgramsPage />
    </Suspense>
  );
}
