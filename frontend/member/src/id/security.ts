import { queryOptions } from '@tanstack/react-query';
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { toAppError } from '@ui/graphql/errors';
import { postJson } from '@ui/session/session';
import { getJson } from './requests';
import { refusedByDevice } from './signIn';

export interface Passkey {
  id: string;
  name: string;
  madeAt: string;
  usedAt: string | null;
}

export interface Security {
  password: boolean;
  /** Since when an authenticator app is on. */
  app: string | null;
  /** How many recovery codes are left. */
  recoveryCodes: number;
  passkeys: Passkey[];
  fresh: boolean;
  twoFactors: boolean;
}

export interface NewApp {
  secret: string;
  url: string;
  qr: string;
}

/** Recovery codes if the change made the first ones; they are shown this one time. */
export interface Changed {
  recoveryCodes: string[];
}

export const securityQuery = queryOptions({
  queryKey: ['security'],
  queryFn: ({ signal }) => getJson<Security>('/api/account/security', signal),
});

/** A change of how one signs in. Where the session is too old for it, leaves to prove anew who is here, and comes back. */
export async function change<Result>(path: string, body: object = {}): Promise<Result> {
  try {
    return await postJson<Result>(`/api/account/${path}`, body);
  } catch (error) {
    const { code } = toAppError(error);
    if (code === 'REAUTHENTICATION_REQUIRED') proveFirst('again');
    if (code === 'SECOND_FACTOR_REQUIRED') proveFirst('second-factor');
    throw error;
  }
}

export function proveFirst(how: 'again' | 'second-factor'): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in/${how}?next=${encodeURIComponent(here)}`);
}

export async function addPasskey(name: string): Promise<Changed> {
  const { options } = await change<{ options: { publicKey: PublicKeyCredentialCreationOptionsJSON } }>('passkeys/begin');
  const credential = await startRegistration({ optionsJSON: options.publicKey }).catch(refusedByDevice);
  return change<Changed>('passkeys/add', { name, credential });
}
