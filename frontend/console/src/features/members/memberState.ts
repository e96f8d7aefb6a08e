import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  ACTIVE: [msg`Active`, 'good'],
  INVITED: [msg`Invited`, 'busy'],
  PENDING: [msg`Awaiting confirmation`, 'busy'],
  SUSPENDED: [msg`Suspended`, 'warn'],
  CLOSED: [msg`Closed`, 'quiet'],
};

export function memberStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function memberTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}
