import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const KINDS: Record<string, MessageDescriptor> = {
  invoice: msg`an invoice`,
  correction: msg`a correction`,
  receipt: msg`a receipt`,
  return: msg`a return without reference`,
  advance: msg`an advance invoice`,
  settlement: msg`a settlement invoice`,
  advance_correction: msg`a correction of an advance`,
  settlement_correction: msg`a correction of a settlement`,
};

export function kindName(kind: string): string {
  const name = KINDS[kind];
  return name ? i18n._(name) : kind;
}
