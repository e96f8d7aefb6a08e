import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
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
});

export const batchStateName = labels.nameOf;
export const batchTone = labels.toneOf;

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
