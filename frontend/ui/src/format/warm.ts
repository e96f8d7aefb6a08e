import { formatDate, formatDateTime } from './date';
import { formatPoints, type Language } from './number';
import { pointWord } from './points';

const FORMS = { one: '', few: '', many: '', other: '' };

/**
 * The first formatter of a kind reads the language's data, which takes a phone longer than drawing the page around it. Made while
 * the network is waited for, each in a task of its own, between which a finger is answered.
 */
export function warmFormats(language: Language): void {
  const steps = [
    () => formatPoints('0.00', language),
    () => formatPoints('0.50', language),
    () => pointWord('0.00', FORMS, language),
    () => formatDate('2026-01-01', language),
    () => formatDateTime('2026-01-01T12:00:00Z', language),
  ];
  for (const step of steps) setTimeout(step);
}
