import { toHundredths } from './decimal';
import type { Language } from './number';

/** What a program calls its points after a number, by CLDR's plural categories of Polish. */
export interface PointForms {
  one: string;
  few: string;
  many: string;
  other: string;
}

export interface PointWordOptions {
  /** Polish counts in the genitive after words such as "od" and "brakuje": od 1 kropli, od 2 kropel. */
  genitive?: boolean;
}

const cache = new Map<Language, Intl.PluralRules>();

/** Made when it is first asked for: it reads the language's data. */
function pluralOf(number: number, language: Language): Intl.LDMLPluralRule {
  let rules = cache.get(language);
  if (!rules) {
    rules = new Intl.PluralRules(language);
    cache.set(language, rules);
  }
  return rules.select(number);
}

/** A number that takes the same plural as the exact one, which may be too large for a float. */
function pluralNumber(value: string): number {
  const hundredths = toHundredths(value);
  const size = hundredths < 0n ? -hundredths : hundredths;
  if (size % 100n !== 0n) return 0.5;
  const whole = size / 100n;
  return Number(whole < 1000n ? whole : 1000n + (whole % 1000n));
}

/** The form of the name that belongs to the number shown. Only Polish has a program's own name; English says points. */
export function pointWord(value: string, forms: PointForms, language: Language, options: PointWordOptions = {}): string {
  const number = pluralNumber(value);
  if (language === 'en') return pluralOf(number, language) === 'one' ? 'point' : 'points';
  const category = pluralOf(number, 'pl');
  if (options.genitive) return category === 'one' || category === 'other' ? forms.other : forms.many;
  return category === 'one' || category === 'few' || category === 'many' ? forms[category] : forms.other;
}
