import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

export const REWARD_STATES = ['active', 'inactive', 'unavailable', 'low'] as const;
export type RewardState = (typeof REWARD_STATES)[number];

interface Standing {
  active: boolean;
  available: boolean;
  lowStock: boolean;
}

const FILTERS: Record<RewardState, MessageDescriptor> = {
  active: msg`In the shop`,
  inactive: msg`Not in the shop`,
  unavailable: msg`No longer sold by the partner`,
  low: msg`Codes run out`,
};

export function filterName(state: RewardState): string {
  return i18n._(FILTERS[state]);
}

export function rewardStateName({ active, available, lowStock }: Standing): string {
  if (!available) return i18n._(FILTERS.unavailable);
  if (active && lowStock) return i18n._(msg`In the shop, codes run out`);
  return i18n._(active ? FILTERS.active : FILTERS.inactive);
}

export function rewardTone({ active, available, lowStock }: Standing): Tone {
  if (!available) return 'bad';
  if (active) return lowStock ? 'warn' : 'good';
  return 'quiet';
}
