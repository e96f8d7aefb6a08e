import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  waiting: [msg`Waits for a decision`, 'busy'],
  accepted: [msg`Accepted`, 'good'],
  declined: [msg`Declined`, 'warn'],
  withdrawn: [msg`Withdrawn by the applicant`, 'quiet'],
};

export function applicationStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function applicationTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}
