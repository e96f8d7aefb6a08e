import { isZero, toHundredths } from './decimal';

export type Language = 'pl' | 'en';

const LOCALE: Record<Language, string> = { pl: 'pl-PL', en: 'en-GB' };
const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    // Polish leaves four-digit numbers ungrouped by default; house style is `1 234,50`.
    format = new Intl.NumberFormat(LOCALE[language], { useGrouping: 'always', ...options });
    cache.set(key, format);
  }
  return format;
}

/** Exact: the string goes to Intl undamaged by a float. A true minus sign, so that columns of figures align. */
function formatExact(value: string, language: Language, options: Intl.NumberFormatOptions): string {
  toHundredths(value);
  return numberFormat(language, options)
    .format(value as Intl.StringNumericLiteral)
    .replace('-', '\u2212');
}

export interface PointsOptions {
  /** Always two places: for columns. Otherwise whole points are shown whole. */
  fixed?: boolean;
  /** A plus sign on what was gained. */
  signed?: boolean;
}

/** Points, from the decimal string of the API: `1 234,50`, whole ones `1 234`. */
export function formatPoints(value: string, language: Language, options: PointsOptions = {}): string {
  const whole = !options.fixed && toHundredths(value) % 100n === 0n;
  const digits = whole ? 0 : 2;
  return formatExact(value, language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: options.signed ? 'exceptZero' : 'negative',
  });
}

export interface MoneyValue {
  amount: string;
  currency: string;
}

/** `1 234,50 zł` in Polish; `PLN 1,234.50` in English, whose readers may not know the sign. */
export function formatMoney(money: MoneyValue, language: Language, options: { short?: boolean } = {}): string {
  const whole = options.short && toHundredths(money.amount) % 100n === 0n;
  const digits = whole ? 0 : 2;
  return formatExact(money.amount, language, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: language === 'pl' ? 'symbol' : 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A quantity as invoices have it, up to four places: `3,5`. */
export function formatQuantity(value: string, language: Language): string {
  const format = numberFormat(language, { maximumFractionDigits: 4 });
  return /^-?\d+(\.\d+)?$/.test(value) ? format.format(value as Intl.StringNumericLiteral).replace('-', '\u2212') : value;
}

export function formatCount(value: number, language: Language): string {
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/** `12,3 tys.` for narrow cells; the exact figure stands beside it. */
export function formatCompact(value: number, language: Language): string {
  return numberFormat(language, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** A change as a share: signed, one place. */
export function formatChange(share: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })
    .format(share)
    .replace('-', '\u2212');
}

/** A part of a whole: one place. */
export function formatShare(share: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

export function isGain(points: string): boolean {
  return !isZero(points) && !points.startsWith('-');
}
