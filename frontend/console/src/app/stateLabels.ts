import { i18n, type MessageDescriptor } from '@lingui/core';
import type { Tone } from './StateLabel';

/** How states are called and colored. One that this version does not know yet is shown as it is. */
export function stateLabels(states: Readonly<Record<string, readonly [MessageDescriptor, Tone]>>) {
  return {
    nameOf: (state: string): string => {
      const text = states[state]?.[0];
      return text ? i18n._(text) : state;
    },
    toneOf: (state: string): Tone => states[state]?.[1] ?? 'quiet',
  };
}
