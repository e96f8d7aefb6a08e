import { lazy, Suspense } from 'react';
import { useSurroundings } from '@ui/session/SessionContext';
import { SignInPage } from './SignInPage';

const ProgramsPage = lazy(() => import('./ProgramsPage').then((m) => ({ default: m.ProgramsPage })));
const AccountPage = lazy(() => import('./AccountPage').then((m) => ({ default: m.AccountPage })));
const DevMessagesPage = lazy(() => import('./DevMessagesPage').then((m) => ({ default: m.DevMessagesPage })));

/** Three addresses and a form: no router is worth its bytes here. */
function page(path: string, authenticated: boolean) {
  // The server has this address on a development machine only; there the code for signing in is read on it.
  if (path === '/dev/messages') return <DevMessagesPage />;
  if (!authenticated) return <SignInPage />;
  return path === '/account' ? <AccountPage /> : <ProgramsPage />;
}

export function IdApp() {
  const { session } = useSurroundings();
  return <Suspense>{page(window.location.pathname, session.authenticated)}</Suspense>;
}
