import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { AppError } from '@ui/graphql/errors';
import { adoptLanguage } from '@ui/i18n/language';
import { postJson, refreshSession } from '@ui/session/session';
import { requestedNext, safeNext } from './next';

/** By what the person can show a second factor. */
export interface Ways {
  code: boolean;
  passkey: boolean;
}

/** The end of a step: where to go, or the second factor that is waited for. */
export type Entered = { next: string } | { secondFactor: Ways };

interface Answer {
  ok: true;
  next?: string;
  secondFactor?: Ways;
}

export interface CodeAsked {
  ok: true;
  /** Seconds until another code may be asked for, and until this one is void. */
  resendAfter: number;
  validFor: number;
}

async function enter(path: string, credentials: object): Promise<Entered> {
  // A page that stood open for long holds a token that has expired.
  await refreshSession();
  const { next, secondFactor } = await postJson<Answer>(path, { ...credentials, next: requestedNext() });
  if (secondFactor) return { secondFactor };
  // The way from here may lead straight to a program: that one must know the language already.
  await adoptLanguage();
  return { next: safeNext(next ?? requestedNext()) };
}

export const signInByPassword = (credentials: { email: string; password: string }) => enter('/auth/password', credentials);

export const signInByCode = (code: string) => enter('/auth/code/confirm', { code });

export const showCode = (code: string) => enter('/auth/second-factor', { code });

export const proveByPassword = (password: string) => enter('/auth/again/password', { password });

export const proveByCode = (code: string) => enter('/auth/again/code/confirm', { code });

interface PasskeyAsked {
  options: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

/** Signs in with a passkey, shows it as the second factor, or proves with it who is signed in: the server knows which. */
export async function showPasskey(): Promise<Entered> {
  await refreshSession();
  const { options } = await postJson<PasskeyAsked>('/auth/passkey/begin', {});
  const credential = await startAuthentication({ optionsJSON: options.publicKey }).catch(refusedByDevice);
  return enter('/auth/passkey', { credential });
}

/** The person closed the device's dialog, took too long, or has no passkey there: the browser does not say which. */
export function refusedByDevice(): never {
  throw new AppError('PASSKEY_NOT_USED');
}

async function ask(path: string, body: object): Promise<CodeAsked> {
  await refreshSession();
  return postJson<CodeAsked>(path, { ...body, next: requestedNext() });
}

export const askForCode = (email: string) => ask('/auth/code', { email });

export const askToProve = () => ask('/auth/again/code', {});

/** Leaves for where a finished sign-in leads. */
export function go(entered: Entered): void {
  if ('next' in entered) window.location.assign(entered.next);
}
