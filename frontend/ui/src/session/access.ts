import { useSyncExternalStore } from 'react';

/** Whether the host still lets this person in; changed by any answer of 401 or 403. `one-factor`: a second one is asked for. */
export type Access = 'open' | 'signed-out' | 'one-factor' | 'forbidden';

let access: Access = 'open';
const listeners = new Set<() => void>();

export function setAccess(next: Access): void {
  // Without a session everything is forbidden: the first reason is the one to show.
  if (access === next || access === 'signed-out') return;
  access = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAccess(): Access {
  return useSyncExternalStore(subscribe, () => access);
}
