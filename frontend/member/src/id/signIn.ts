import { adoptLanguage } from '@ui/i18n/language';
import { postJson, refreshSession } from '@ui/session/session';
import { requestedNext, safeNext } from './next';

interface SignedIn {
  ok: true;
  next?: string;
}

export interface CodeAsked {
  ok: true;
  /** Seconds until another code may be asked for, and until this one is void. */
  resendAfter: number;
  validFor: number;
}

/** Ends in the place that this page was asked for; the person is signed in. */
async function enter(path: string, credentials: object): Promise<string> {
  // A page that stood open for long holds a token that has expired.
  await refreshSession();
  const { next } = await postJson<SignedIn>(path, { ...credentials, next: requestedNext() });
  // The way from here may lead straight to a program: that one must know the language already.
  await adoptLanguage();
  return safeNext(next ?? requestedNext());
}

export const signInByPassword = (credentials: { email: string; password: string }) => enter('/auth/password', credentials);

export const signInByCode = (code: string) => enter('/auth/code/confirm', { code });

export async function askForCode(email: string): Promise<CodeAsked> {
  await refreshSession();
  return postJson<CodeAsked>('/auth/code', { email, next: requestedNext() });
}
