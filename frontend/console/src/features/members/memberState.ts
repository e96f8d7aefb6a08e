import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
  ACTIVE: [msg`Active`, 'good'],
  INVITED: [msg`Invited`, 'busy'],
  PENDING: [msg`Awaiting confirmation`, 'busy'],
  SUSPENDED: [msg`Suspended`, 'warn'],
  CLOSED: [msg`Closed`, 'quiet'],
  MERGED: [msg`Part of another account`, 'quiet'],
});

export const memberStateName = labels.nameOf;
export const memberTone = labels.toneOf;
