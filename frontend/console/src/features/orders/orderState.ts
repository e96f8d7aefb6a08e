import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

const STATES: Record<string, [MessageDescriptor, Tone]> = {
  PLACED: [msg`Placed, points held`, 'busy'],
  ISSUING: [msg`Being issued`, 'busy'],
  UNKNOWN: [msg`No answer, being checked`, 'warn'],
  FULFILLED: [msg`Delivered`, 'good'],
  FAILED: [msg`Failed, points returned`, 'bad'],
};

export const ORDER_STATES = ['PLACED', 'ISSUING', 'UNKNOWN', 'FULFILLED', 'FAILED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export function orderStateName(state: string): string {
  const text = STATES[state]?.[0];
  return text ? i18n._(text) : state;
}

export function orderTone(state: string): Tone {
  return STATES[state]?.[1] ?? 'quiet';
}
