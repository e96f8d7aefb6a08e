import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** Roles of a wholesaler's people, in the order in which they are shown, with what each may do. */
export const ROLES: readonly { role: string; name: MessageDescriptor; does: MessageDescriptor }[] = [
  { role: 'program_admin', name: msg`Administrator`, does: msg`everything, people and settings too` },
  { role: 'care_agent', name: msg`Care agent`, does: msg`members, firms and orders; gives and takes points` },
  { role: 'marketer', name: msg`Marketer`, does: msg`rewards, messages and looks; drafts of rules, which an administrator publishes` },
  { role: 'clerk', name: msg`Counter clerk`, does: msg`makes members at the counter; sees nothing else` },
  { role: 'sales_rep', name: msg`Sales representative`, does: msg`invites firms into the program; sees their own invitations` },
  { role: 'auditor', name: msg`Auditor`, does: msg`reads everything, changes nothing` },
];
