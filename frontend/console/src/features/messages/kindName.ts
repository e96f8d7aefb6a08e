import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const KINDS = {
  welcome: { name: msg`Welcome`, when: msg`When somebody becomes a member` },
  order_fulfilled: { name: msg`Your voucher is there`, when: msg`When an order is fulfilled. The code is never in it: the button opens the wallet` },
  points_expiring: { name: msg`Points about to end`, when: msg`30, 7 and 1 days before points end` },
  firm_invitation: { name: msg`Invitation into a firm`, when: msg`When a firm invites a fitter, who need not be a member yet` },
  points_received: { name: msg`Points passed on`, when: msg`When somebody of the firm gives points; to who gets them` },
  order_awaiting: { name: msg`An order waits for the owner`, when: msg`When a fitter who has to ask orders something` },
  order_declined: { name: msg`An order was not approved`, when: msg`When the owner says no, or two weeks pass; to the fitter` },
};

/** What people call a kind of message; its code when there is no name for it yet. */
export function kindName(kind: string): string {
  return kind in KINDS ? i18n._(KINDS[kind as keyof typeof KINDS].name) : kind;
}

/** When it is sent. */
export function kindMoment(kind: string): string {
  return kind in KINDS ? i18n._(KINDS[kind as keyof typeof KINDS].when) : '';
}
