import { useSyncExternalStore } from 'react';

/**
 * Whether the server can be reached. The browser knows only whether there is a network at all, and not even that for sure;
 * a call that never got through knows better.
 */
let reached = true;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** After each call: did anything answer? */
export function noteReach(answered: boolean): void {
  if (reached === answered) return;
  reached = answered;
  tell();
}

function subscribe(listener: () => void): () => void {
  const back = () => {
    reached = true;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('online', back);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', back);
    window.removeEventListener('offline', listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && reached);
}
