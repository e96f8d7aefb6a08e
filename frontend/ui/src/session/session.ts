import { noteReach } from './reach';
import { isMember } from './roles';
import { AppError, errorFromAnswer, toAppError } from '@ui/graphql/errors';

export interface Person {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
}

export interface Session {
  authenticated: boolean;
  person: Person | null;
  roles: string[];
  /** A second factor was shown here and still counts: staff need one. */
  twoFactors: boolean;
  /** Operations of the console that this person may use; empty for everybody who does not work here. */
  may: string[];
  csrfToken: string;
  /** The wholesaler is suspended: everything can be read and nothing changed. */
  readOnly: boolean;
}

const STORE = 'kolektor.person';
const SIGNED_OUT: Session = { authenticated: false, person: null, roles: [], twoFactors: false, may: [], csrfToken: '', readOnly: false };

let current: Session = SIGNED_OUT;

export function currentCsrfToken(): string {
  return current.csrfToken;
}

export function isSignedIn(): boolean {
  return current.authenticated;
}

export async function refreshSession(): Promise<Session> {
  const response = await fetch('/session', { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw errorFromAnswer(response.status, null);
  current = { ...SIGNED_OUT, ...((await response.json()) as Partial<Session>) };
  return current;
}

/** At start. Without a network, who was here last, so that the member's app opens on what it kept. */
export async function startSession(options: { offline: boolean }): Promise<Session> {
  try {
    const session = await refreshSession();
    if (session.person && options.offline && isMember(session.roles)) localStorage.setItem(STORE, JSON.stringify(session.person));
    if (!session.person) void forgetPerson();
    return session;
  } catch (error) {
    const stored = options.offline ? localStorage.getItem(STORE) : null;
    if (!stored || toAppError(error).code !== 'NETWORK') throw error;
    // Only members keep anything; the server decides again with the first answer.
    noteReach(false);
    current = { ...SIGNED_OUT, authenticated: true, person: JSON.parse(stored) as Person, roles: ['member'] };
    return current;
  }
}

/**
 * What this browser keeps of a person for this host. An order without an answer (in this tab's session storage, under
 * the person's id) outlives a session that merely ended; signing out takes that too.
 */
export async function forgetPerson(): Promise<void> {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('kolektor.')) localStorage.removeItem(key);
  }
  await forgetDatabases();
}

/** Databases named kolektor-* hold what a person kept. A browser that cannot list them has the known one deleted. */
async function forgetDatabases(): Promise<void> {
  if (!('indexedDB' in globalThis)) return;
  const listed = typeof indexedDB.databases === 'function' ? (await indexedDB.databases()).map((each) => each.name ?? '') : ['kolektor-codes'];
  await Promise.all(
    listed.filter((name) => name.startsWith('kolektor-')).map(
      (name) =>
        new Promise<void>((done) => {
          const request = indexedDB.deleteDatabase(name);
          // A tab that holds it open closes it when asked; should it not, leaving must not hang on it.
          request.onsuccess = request.onerror = request.onblocked = () => done();
        }),
    ),
  );
}

async function post(path: string, body: unknown): Promise<Response> {
  const send = () =>
    fetch(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        // What stands on the screen decides, whatever an older cookie says.
        'X-Language': document.documentElement.lang,
        'X-CSRFToken': currentCsrfToken(),
      },
      body: JSON.stringify(body),
    });
  try {
    return await send();
  } catch (error) {
    throw toAppError(error);
  }
}

export async function postJson<Result>(path: string, body: unknown): Promise<Result> {
  const response = await post(path, body);
  const answer = (await response.json().catch(() => null)) as (Result & { errors?: unknown }) | null;
  if (!response.ok) throw errorFromAnswer(response.status, answer?.errors);
  if (answer === null) throw new AppError('SERVER', { status: response.status });
  return answer;
}

/** Signs out at this host; on the `id.` host also everywhere, when asked. What was kept goes first. */
export async function signOut(options: { everywhere: boolean } = { everywhere: false }): Promise<void> {
  await postJson('/auth/logout', options);
  await forgetPerson();
  sessionStorage.clear();
  await forgetCaches();
  current = SIGNED_OUT;
}

async function forgetCaches(): Promise<void> {
  if (!('caches' in window)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('kolektor-')).map((name) => caches.delete(name)));
}

/** What the sign-on is asked to make sure of: a proof of now, or a second factor. */
export type Proof = 'fresh' | 'two-factors';

/** Where a wholesaler or HQ host sends somebody who is not signed in, or not surely enough. Only a path of this host may follow. */
export function loginUrl(next: string, proof?: Proof): string {
  const safe = next.startsWith('/') && !next.startsWith('//') ? next : '/';
  return `/auth/login?next=${encodeURIComponent(safe)}${proof ? `&${proof}=1` : ''}`;
}

export function currentPath(): string {
  return window.location.pathname + window.location.search;
}
