import type { Language } from './number';

/** What the business runs on. Deadlines and month borders never follow the phone's own zone. */
const ZONE = 'Europe/Warsaw';
const LOCALE: Record<Language, string> = { pl: 'pl-PL', en: 'en-GB' };
const cache = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...options });
    cache.set(key, format);
  }
  return format;
}

/** A calendar date of the API (YYYY-MM-DD) stands for noon there: no zone moves it to another day. */
function instant(value: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T12:00:00Z` : value);
}

/** `14 lis 2026` */
export function formatDate(value: string, language: Language): string {
  return dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(instant(value));
}

/** `14 listopada` */
export function formatDay(value: string, language: Language): string {
  return dateFormat(language, { day: 'numeric', month: 'long' }).format(instant(value));
}

/** `14.11.2026, 09:41` */
export function formatDateTime(value: string, language: Language): string {
  return dateFormat(language, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant(value));
}

/**
 * When something of a document happened. A document dated only by day stands for midnight in Warsaw, and nobody bought
 * then: the day is all there is to say.
 */
export function formatDocumentTime(value: string, language: Language): string {
  return formatTime(value, language) === '00:00:00' ? formatDate(value, language) : formatDateTime(value, language);
}

export function formatTime(value: string, language: Language): string {
  return dateFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant(value));
}

/** The month a moment belongs to in Warsaw, as YYYY-MM. */
export function monthOf(value: string): string {
  const parts = dateFormat('en', { year: 'numeric', month: '2-digit' }).formatToParts(instant(value));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

/** `listopad 2026` from YYYY-MM */
export function formatMonth(month: string, language: Language): string {
  return dateFormat(language, { month: 'long', year: 'numeric' }).format(instant(`${month}-15`));
}

/** `lis 26` from YYYY-MM, for column heads */
export function formatMonthShort(month: string, language: Language): string {
  return dateFormat(language, { month: 'short', year: '2-digit' }).format(instant(`${month}-15`));
}
