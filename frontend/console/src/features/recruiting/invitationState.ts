import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
  pending: [msg`Waits for an answer`, 'busy'],
  accepted: [msg`Accepted`, 'good'],
  declined: [msg`Declined`, 'warn'],
  canceled: [msg`Canceled`, 'quiet'],
  expired: [msg`Expired`, 'quiet'],
});

export const invitationStateName = labels.nameOf;
export const invitationTone = labels.toneOf;
