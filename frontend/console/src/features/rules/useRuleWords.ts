import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute } from '@console/api';
import { viewerQuery } from '@console/app/queries';
import { useLanguage } from '@ui/i18n/language';
import type { Field } from './form';
import { RuleOptionsQuery } from './operations';

export interface Choice {
  value: string;
  label: string;
}

/** January is 1; Monday is 1. Any year that begins on a Monday gives both. */
function calendar(language: string, wanted: 'month' | 'weekday'): Choice[] {
  const format = new Intl.DateTimeFormat(language, { [wanted]: 'long', timeZone: 'UTC' });
  return Array.from({ length: wanted === 'month' ? 12 : 7 }, (_, index) => ({
    value: String(index + 1),
    label: format.format(wanted === 'month' ? Date.UTC(2024, index, 1) : Date.UTC(2024, 0, index + 1)),
  }));
}

/** What the program's money is called beside a number. */
export function useCurrency(): string {
  const currency = useQuery(viewerQuery).data?.program.currency ?? 'PLN';
  return currency === 'PLN' ? 'zł' : currency;
}

/** What a condition can choose from. A value that is no longer offered stays visible as it is written. */
export function useChoices(): (field: Field, chosen: readonly string[]) => Choice[] {
  const language = useLanguage();
  const options = useQuery({
    queryKey: ['rule-options'],
    queryFn: ({ signal }) => execute(RuleOptionsQuery, {}, signal).then((data) => data.ruleOptions),
    staleTime: 5 * 60_000,
  }).data;
  return (field, chosen) => {
    const known: Choice[] =
      field === 'brand' ? (options?.brands ?? [])
      : field === 'supplier' ? (options?.suppliers ?? [])
      : field === 'category' ? (options?.categories ?? [])
      : field === 'month' || field === 'weekday' ? calendar(language, field)
      : [];
    const values = new Set(known.map((each) => each.value));
    return [...known, ...chosen.filter((value) => !values.has(value)).map((value) => ({ value, label: value }))];
  };
}

export function useFieldNames(): Record<Field, string> {
  const { t } = useLingui();
  return {
    brand: t`Brand`,
    supplier: t`Supplier`,
    category: t`Category`,
    sku: t`SKU`,
    month: t`Month of sale`,
    weekday: t`Day of the week`,
    value: t`Net value of the line`,
    quantity: t`Quantity of the line`,
  };
}
