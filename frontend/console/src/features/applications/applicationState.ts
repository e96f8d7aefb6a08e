import { msg } from '@lingui/core/macro';
import { stateLabels } from '@console/app/stateLabels';

const labels = stateLabels({
  waiting: [msg`Waits for a decision`, 'busy'],
  accepted: [msg`Accepted`, 'good'],
  declined: [msg`Declined`, 'warn'],
  withdrawn: [msg`Withdrawn by the applicant`, 'quiet'],
});

export const applicationStateName = labels.nameOf;
export const applicationTone = labels.toneOf;
