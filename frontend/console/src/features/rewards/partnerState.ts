import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Tone } from '@console/app/StateLabel';

interface Standing {
  enabled: boolean;
  breaker: string;
  failures: number;
}

/** How a connection does, in a word. */
export function partnerState({ enabled, breaker, failures }: Standing): { text: string; tone: Tone } {
  if (!enabled) return { text: i18n._(msg`Paused`), tone: 'quiet' };
  if (breaker === 'open') return { text: i18n._(msg`Does not answer; left alone for a moment`), tone: 'bad' };
  if (failures > 0) return { text: i18n._(msg`The latest calls had no answer`), tone: 'warn' };
  return { text: i18n._(msg`Works`), tone: 'good' };
}
