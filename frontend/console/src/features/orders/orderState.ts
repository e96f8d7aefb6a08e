import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
  AWAITING: [msg`Waiting for the firm's approval`, 'quiet'],
  PLACED: [msg`Placed, points held`, 'busy'],
  ISSUING: [msg`Being issued`, 'busy'],
  UNKNOWN: [msg`No answer, being checked`, 'warn'],
  FULFILLED: [msg`Delivered`, 'good'],
  FAILED: [msg`Failed, points returned`, 'bad'],
  DECLINED: [msg`Not approved, points returned`, 'quiet'],
});

export const ORDER_STATES = ['AWAITING', 'PLACED', 'ISSUING', 'UNKNOWN', 'FULFILLED', 'FAILED', 'DECLINED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const orderStateName = labels.nameOf;
export const orderTone = labels.toneOf;

const FAILURES: Record<string, MessageDescriptor> = {
  out_of_funds: msg`The balance at the partner was used up`,
  unknown_product: msg`The partner does not sell this product`,
  bad_amount: msg`The partner does not sell this face value`,
  rejected: msg`The partner refused`,
  canceled: msg`The order was canceled at the partner`,
  sold_out: msg`The codes have run out`,
  owner: msg`The firm's owner did not approve`,
  withdrawn: msg`The fitter took the order back`,
  left_firm: msg`The fitter left the firm`,
  undecided: msg`Nobody decided within 14 days`,
};

export function failureName(code: string): string {
  const text = FAILURES[code];
  return text ? i18n._(text) : code;
}
