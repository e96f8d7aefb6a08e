import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { IconName } from '@ui/components/Icon';

interface StateText {
  name: MessageDescriptor;
  explanation: MessageDescriptor;
  icon: IconName;
}

const STATES: Record<string, StateText> = {
  AWAITING: {
    name: msg`Waiting for the firm's approval`,
    explanation: msg`The owner of your firm decides. Your points are reserved; if there is no decision within 14 days, all of them come back.`,
    icon: 'clock',
  },
  DECLINED: {
    name: msg`Not ordered`,
    explanation: msg`All your points are back on your balance.`,
    icon: 'info',
  },
  PLACED: {
    name: msg`Order accepted`,
    explanation: msg`Your points are reserved. The voucher usually comes within seconds; you can leave this page.`,
    icon: 'clock',
  },
  ISSUING: {
    name: msg`Waiting for the code`,
    explanation: msg`The voucher's issuer is preparing the code. It usually takes seconds; you can leave this page.`,
    icon: 'clock',
  },
  UNKNOWN: {
    name: msg`Checking with the issuer`,
    explanation: msg`The voucher's issuer did not answer in time, so we do not know yet whether the code was made. We keep asking by ourselves. Your points stay reserved: either you get the code, or all of them come back. Please do not order again.`,
    icon: 'alert',
  },
  FULFILLED: {
    name: msg`The voucher is ready`,
    explanation: msg`The code waits in your wallet.`,
    icon: 'check',
  },
  FAILED: {
    name: msg`The order did not succeed`,
    explanation: msg`The voucher could not be issued. All your points are back on your balance.`,
    icon: 'alert',
  },
};

export function isSettled(state: string): boolean {
  return state === 'FULFILLED' || state === 'FAILED' || state === 'DECLINED';
}

export function orderStateName(state: string): string {
  const text = STATES[state];
  return text ? i18n._(text.name) : state;
}

export function orderStateExplanation(state: string): string {
  const text = STATES[state];
  return text ? i18n._(text.explanation) : '';
}

export function orderStateIcon(state: string): IconName {
  return STATES[state]?.icon ?? 'clock';
}

const FAST_MS = 1500;
const SLOW_MS = 6000;
const FAST_POLLS = 20;
/** A person decides, not a machine. */
const PATIENT_MS = 30_000;

/** How long until the next look at an order, or false when nothing can change any more. */
export function pollInterval(state: string | undefined, looks: number): number | false {
  if (state !== undefined && isSettled(state)) return false;
  if (state === 'AWAITING') return PATIENT_MS;
  return looks < FAST_POLLS ? FAST_MS : SLOW_MS;
}
