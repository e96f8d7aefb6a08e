/**
 * One attempt to order, from the first press of the button until an answer that is certain. It outlives a reload, so
 * that a member who lost the answer repeats the same order under the same key, never a second one.
 */
export interface Attempt {
  key: string;
  /** Face value, fixed with the key: the server refuses the same key for another amount. */
  faceValue: string;
}

/** `scope` is the person and the reward: in a shared browser nobody meets somebody else's order. */
const storeKey = (scope: string) => `kolektor.attempt.${scope}`;

export function newKey(): string {
  // randomUUID is absent on a development host over plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function loadAttempt(scope: string): Attempt | null {
  try {
    const attempt = JSON.parse(sessionStorage.getItem(storeKey(scope)) ?? 'null') as Partial<Attempt> | null;
    return attempt?.key && attempt.faceValue ? { key: attempt.key, faceValue: attempt.faceValue } : null;
  } catch {
    return null;
  }
}

export function saveAttempt(scope: string, attempt: Attempt): void {
  sessionStorage.setItem(storeKey(scope), JSON.stringify(attempt));
}

export function clearAttempt(scope: string): void {
  sessionStorage.removeItem(storeKey(scope));
}
