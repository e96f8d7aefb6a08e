import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  UPLOADED: [msg`Not checked yet`, 'warn'],
  CHECKING: [msg`Being checked`, 'busy'],
  CHECKED: [msg`Checked, waits for your decision`, 'warn'],
  COMMITTING: [msg`Being imported`, 'busy'],
  DONE: [msg`Imported`, 'good'],
  FAILED: [msg`Failed`, 'bad'],
  STOPPED: [msg`Stopped halfway`, 'warn'],
  DISCARDED: [msg`Discarded`, 'quiet'],
  REVERTING: [msg`Being taken back`, 'busy'],
  REVERTED: [msg`Taken back`, 'quiet'],
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
  if (state === 'DONE' || state === 'STOPPED' || state === 'REVERTING') return 'given';
  return state === 'CHECKED' || state === 'COMMITTING' ? 'promised' : 'none';
}

export function isMoving(state: string): boolean {
  return state === 'CHECKING' || state === 'COMMITTING' || state === 'REVERTING';
}

/** What is being done to an import at the moment. */
export function workName(state: string, phase: string | null): string {
  if (state === 'COMMITTING') return i18n._(msg`Importing documents`);
  if (state === 'REVERTING') return i18n._(msg`Taking documents back`);
  return phase === 'READING' ? i18n._(msg`Reading the file`) : i18n._(msg`Checking documents`);
}
