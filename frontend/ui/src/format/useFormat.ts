import { useMemo } from 'react';
import { useLanguage } from '@ui/i18n/language';
import { formatDate, formatDateTime, formatDay, formatDocumentTime, formatMonth, formatMonthShort, formatTime } from './date';
import { formatCompact, formatCount, formatMoney, formatChange, formatPoints, formatQuantity, formatShare, type MoneyValue, type PointsOptions } from './number';
import { formatPhone } from './phone';
import { pointWord, type PointForms, type PointWordOptions } from './points';

/** The formatters, bound to the language on screen. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      points: (value: string, options?: PointsOptions) => formatPoints(value, language, options),
      pointWord: (value: string, forms: PointForms, options?: PointWordOptions) => pointWord(value, forms, language, options),
      money: (value: MoneyValue, options?: { short?: boolean }) => formatMoney(value, language, options),
      quantity: (value: string) => formatQuantity(value, language),
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      change: (value: number) => formatChange(value, language),
      share: (value: number) => formatShare(value, language),
      date: (value: string) => formatDate(value, language),
      day: (value: string) => formatDay(value, language),
      dateTime: (value: string) => formatDateTime(value, language),
      documentTime: (value: string) => formatDocumentTime(value, language),
      time: (value: string) => formatTime(value, language),
      month: (value: string) => formatMonth(value, language),
      monthShort: (value: string) => formatMonthShort(value, language),
      phone: formatPhone,
    }),
    [language],
  );
}

export type Format = ReturnType<typeof useFormat>;

/** Points with their name, bound to a program. Until its forms are known the figure stands alone, so that nothing jumps. */
export function useNamedPoints(forms: PointForms | undefined) {
  const format = useFormat();
  return useMemo(() => {
    const word = (value: string, options?: PointWordOptions) => (forms ? format.pointWord(value, forms, options) : '');
    const figure = (value: string, options?: PointWordOptions) => [format.points(value), word(value, options)].filter(Boolean).join('\u00a0');
    return { word, figure };
  }, [format, forms]);
}
