import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
  requested: [msg`being made`, 'busy'],
  provisioned: [msg`being made`, 'busy'],
  live: [msg`live`, 'good'],
  suspended: [msg`read-only`, 'warn'],
  closed: [msg`closed`, 'quiet'],
  erased: [msg`erased`, 'quiet'],
});

export const wholesalerStateName = labels.nameOf;
export const wholesalerTone = labels.toneOf;

export function isBeingMade(state: string): boolean {
  return state === 'requested' || state === 'provisioned';
}

/** Its host answers. */
export function isOpen(state: string): boolean {
  return state === 'live' || state === 'suspended';
}
