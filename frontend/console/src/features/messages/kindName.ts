import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const KINDS = {
  welcome: { name: msg`Welcome`, when: msg`When somebody becomes a member` },
  order_fulfilled: { name: msg`Your voucher is there`, when: msg`When an order is fulfilled. The code is never in it: the button opens the wallet` },
  points_expiring: { name: msg`Points about to end`, when: msg`30, 7 and 1 days before points end` },
};

/** What people call a kind of message; its code when there is no name for it yet. */
export function kindName(kind: string): string {
  return kind in KINDS ? i18n._(KINDS[kind as keyof typeof KINDS].name) : kind;
}

/** When it is sent. */
export function kindMoment(kind: string): string {
  return kind in KINDS ? i18n._(KINDS[kind as keyof typeof KINDS].when) : '';
}
