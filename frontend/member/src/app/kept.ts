import { dehydrate, hydrate, type DehydratedState, type QueryClient } from '@tanstack/react-query';

/** What the phone keeps of a person for a start without a network: balance, history and the list of vouchers. Codes: `features/wallet/codeVault`. */
const STORE = 'kolektor.kept';
const VERSION = 1;
const MAX_AGE_MS = 14 * 24 * 3600 * 1000;
const DELAY_MS = 1000;

interface Kept {
  version: number;
  personId: string;
  at: number;
  state: DehydratedState;
}

export function restoreKept(client: QueryClient, personId: string, now = Date.now()): void {
  const raw = localStorage.getItem(STORE);
  if (!raw) return;
  try {
    const kept = JSON.parse(raw) as Kept;
    if (kept.version === VERSION && kept.personId === personId && now - kept.at < MAX_AGE_MS) {
      hydrate(client, kept.state);
      return;
    }
  } catch {
    // Unreadable: as good as absent.
  }
  localStorage.removeItem(STORE);
}

export function keepFor(client: QueryClient, personId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    const state = dehydrate(client, {
      shouldDehydrateQuery: (query) => query.meta?.['offline'] === true && query.state.status === 'success',
      shouldDehydrateMutation: () => false,
    });
    const kept: Kept = { version: VERSION, personId, at: Date.now(), state };
    try {
      localStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage: the app works without.
    }
  };
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.query.meta?.['offline'] !== true) return;
    clearTimeout(timer);
    timer = setTimeout(save, DELAY_MS);
  });
  // Who leaves sooner than that finds it next time all the same.
  window.addEventListener('pagehide', save);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('pagehide', save);
    unsubscribe();
  };
}
