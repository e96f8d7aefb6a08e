import { lazy, Suspense } from 'react';
import { useSurroundings } from '@ui/session/SessionContext';
import { SignInPage } from './SignInPage';

const ProgramsPage = lazy(() => import('./ProgramsPage').then((m) => ({ default: m.ProgramsPage })));
const AccountPage = lazy(() => import('./AccountPage').then((m) => ({ default: m.AccountPage })));
const ProvePage = lazy(() => import('./ProvePage').then((m) => ({ default: m.ProvePage })));
const ConsentPage = lazy(() => import('./ConsentPage').then((m) => ({ default: m.ConsentPage })));
const SecurityPage = lazy(() => import('./SecurityPage').then((m) => ({ default: m.SecurityPage })));
const SecondFactorSetupPage = lazy(() => import('./SecondFactorSetupPage').then((m) => ({ default: m.SecondFactorSetupPage })));
const DevMessagesPage = lazy(() => import('./DevMessagesPage').then((m) => ({ default: m.DevMessagesPage })));

/** A few addresses and a form: no router is worth its bytes here. */
function page(path: string, authenticated: boolean) {
  // The server has this address on a development machine only; there the code for signing in is read on it.
  if (path === '/dev/messages') return <DevMessagesPage />;
  if (!authenticated) return <SignInPage />;
  if (path === '/account') return <AccountPage />;
  if (path === '/account/security') return <SecurityPage />;
  if (path === '/account/second-factor') return <SecondFactorSetupPage />;
  if (path === '/consent') return <ConsentPage />;
  if (path === '/sign-in/again') return <ProvePage factor={false} />;
  if (path === '/sign-in/second-factor') return <ProvePage factor />;
  return <ProgramsPage />;
}

export function IdApp() {
  const { session } = useSurroundings();
  return <Suspense>{page(window.location.pathname, session.authenticated)}</Suspense>;
}
