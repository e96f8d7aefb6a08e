import { useMemo } from 'react';
import { useLanguage } from '@ui/i18n/language';
import { formatDate, formatDateTime, formatDay, formatMonth, formatMonthShort, formatTime } from './date';
import { formatCompact, formatCount, formatMoney, formatChange, formatPoints, formatQuantity, type MoneyValue, type PointsOptions } from './number';

/** The formatters, bound to the language on screen. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      points: (value: string, options?: PointsOptions) => formatPoints(value, language, options),
      money: (value: MoneyValue, options?: { short?: boolean }) => formatMoney(value, language, options),
      quantity: (value: string) => formatQuantity(value, language),
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      change: (value: number) => formatChange(value, language),
      date: (value: string) => formatDate(value, language),
      day: (value: string) => formatDay(value, language),
      dateTime: (value: string) => formatDateTime(value, language),
      time: (value: string) => formatTime(value, language),
      month: (value: string) => formatMonth(value, language),
      monthShort: (value: string) => formatMonthShort(value, language),
    }),
    [language],
  );
}
