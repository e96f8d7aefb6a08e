import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  requested: [msg`being made`, 'busy'],
  provisioned: [msg`being made`, 'busy'],
  live: [msg`live`, 'good'],
  suspended: [msg`read-only`, 'warn'],
  closed: [msg`closed`, 'quiet'],
  erased: [msg`erased`, 'quiet'],
};

export function wholesalerStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function wholesalerTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}

export function isBeingMade(state: string): boolean {
  return state === 'requested' || state === 'provisioned';
}

/** Its host answers. */
export function isOpen(state: string): boolean {
  return state === 'live' || state === 'suspended';
}
