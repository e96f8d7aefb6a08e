import { useSyncExternalStore } from 'react';

export type Step = 'choice' | 'claim' | 'apply';

function current(): Step {
  const name = window.location.hash.slice(1);
  return name === 'claim' || name === 'apply' ? name : 'choice';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Which screen of joining is open. It is part of the address, so that the phone's own way back leads to the choice. */
export function useStep(): Step {
  return useSyncExternalStore(subscribe, current);
}
