import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  UPLOADED: [msg`Waiting to be checked`, 'busy'],
  CHECKING: [msg`Being checked`, 'busy'],
  CHECKED: [msg`Checked, waits for your decision`, 'warn'],
  COMMITTING: [msg`Being imported`, 'busy'],
  DONE: [msg`Imported`, 'good'],
  FAILED: [msg`Failed`, 'bad'],
  DISCARDED: [msg`Discarded`, 'quiet'],
};

export function batchStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function batchTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}

/** What the points of a batch are: the members' already, only what its dry run found, or nobody's. */
export function pointsOf(state: string): 'given' | 'promised' | 'none' {
  if (state === 'DONE') return 'given';
  return state === 'CHECKED' || state === 'COMMITTING' ? 'promised' : 'none';
}

export function isMoving(state: string): boolean {
  return state === 'UPLOADED' || state === 'CHECKING' || state === 'COMMITTING';
}
