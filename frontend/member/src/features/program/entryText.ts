import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const KINDS: Record<string, MessageDescriptor> = {
  AWARD: msg`Points for purchases`,
  REVERSE: msg`Correction of a purchase`,
  HOLD: msg`Reward ordered`,
  RELEASE: msg`Points given back`,
  MATURE: msg`Points for purchases`,
  REPAY: msg`Repayment of points owed`,
  ADJUST: msg`Adjustment by the wholesaler`,
  EXPIRE: msg`Points expired`,
  TRANSFER: msg`Points passed on in the firm`,
};

export interface EntrySummary {
  kind: string;
  documentNumber: string | null;
  orderNumber: string | null;
  rewardName: string | null;
  counterpart?: string | null;
}

/** The line that names an entry: what it was about, or failing that what kind it is. */
export function entryTitle(entry: EntrySummary): string {
  const kind = KINDS[entry.kind];
  return entry.rewardName ?? (kind ? i18n._(kind) : entry.kind);
}

/** The line under it: what was done with a reward, or the paper that the points came with. */
export function entryNote(entry: EntrySummary): string | null {
  const kind = KINDS[entry.kind];
  if (entry.rewardName && kind) return i18n._(kind);
  return entry.documentNumber ?? entry.orderNumber ?? entry.counterpart ?? null;
}
