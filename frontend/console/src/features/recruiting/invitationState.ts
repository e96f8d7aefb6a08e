import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  pending: [msg`Waits for an answer`, 'busy'],
  accepted: [msg`Accepted`, 'good'],
  declined: [msg`Declined`, 'warn'],
  canceled: [msg`Canceled`, 'quiet'],
  expired: [msg`Expired`, 'quiet'],
};

export function invitationStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function invitationTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}
