import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatDay, formatDocumentTime, formatMonth, monthOf } from './date';
import { addDecimals, compareDecimals, fromHundredths, multiplyUp, parseTypedAmount, subtractDecimals, toHundredths } from './decimal';
import { formatPhone } from './phone';
import { pointWord } from './points';
import { formatChange, formatCount, formatMoney, formatPoints, formatQuantity } from './number';

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
const zloty = (amount: string) => ({ amount, currency: 'PLN' });

describe('points and money', () => {
  it.each([
    ['1234.50', '1 234,50'],
    ['1234.00', '1 234'],
    ['0.00', '0'],
    ['-15.50', '\u221215,50'],
    ['12345678901234567.89', '12 345 678 901 234 567,89'],
  ])('shows %s points as %s in Polish', (value, shown) => {
    expect(plain(formatPoints(value, 'pl'))).toBe(shown);
  });

  it('aligns columns and signs changes', () => {
    expect(plain(formatPoints('24.00', 'pl', { fixed: true }))).toBe('24,00');
    expect(plain(formatPoints('377.76', 'pl', { signed: true }))).toBe('+377,76');
    expect(plain(formatPoints('0.00', 'pl', { signed: true }))).toBe('0');
    expect(formatPoints('1234.50', 'en')).toBe('1,234.50');
  });

  const DROPS = { one: 'kropla', few: 'krople', many: 'kropel', other: 'kropli' };

  it.each([
    ['1.00', 'kropla', 'kropli'],
    ['-1.00', 'kropla', 'kropli'],
    ['3.00', 'krople', 'kropel'],
    ['12.00', 'kropel', 'kropel'],
    ['22.00', 'krople', 'kropel'],
    ['112.00', 'kropel', 'kropel'],
    ['300.00', 'kropel', 'kropel'],
    ['0.00', 'kropel', 'kropel'],
    ['1014.25', 'kropli', 'kropli'],
    ['1001.00', 'kropel', 'kropel'],
    ['90071992547409932.00', 'krople', 'kropel'],
  ])('calls %s points %s, and after "od" %s', (value, form, genitive) => {
    expect(pointWord(value, DROPS, 'pl')).toBe(form);
    expect(pointWord(value, DROPS, 'pl', { genitive: true })).toBe(genitive);
  });

  it('calls them points in English, whatever the program does', () => {
    expect(pointWord('1.00', DROPS, 'en')).toBe('point');
    expect(pointWord('1014.25', DROPS, 'en')).toBe('points');
  });

  it('groups a Polish phone number', () => {
    expect(plain(formatPhone('+48500200100'))).toBe('+48 500 200 100');
    expect(formatPhone('+1 555 0100')).toBe('+1 555 0100');
  });

  it('writes money as the house does', () => {
    expect(plain(formatMoney(zloty('1234.50'), 'pl'))).toBe('1 234,50 zł');
    expect(plain(formatMoney(zloty('100.00'), 'pl', { short: true }))).toBe('100 zł');
    expect(plain(formatMoney(zloty('1234.50'), 'en'))).toBe('PLN 1,234.50');
  });

  it('never breaks a figure across lines', () => {
    expect(formatMoney(zloty('1234.50'), 'pl')).not.toContain(' ');
  });

  it('formats counts, quantities and changes', () => {
    expect(plain(formatCount(1480, 'pl'))).toBe('1 480');
    expect(formatQuantity('240.5000', 'pl')).toBe('240,5');
    expect(formatQuantity('kpl', 'pl')).toBe('kpl');
    expect(plain(formatChange(-0.1543, 'pl'))).toBe('\u221215,4%');
  });

  it('refuses what is not a decimal of two places', () => {
    expect(() => formatPoints('1e3', 'pl')).toThrow(RangeError);
    expect(() => toHundredths('1.234')).toThrow(RangeError);
  });
});

describe('exact arithmetic', () => {
  it('survives sums that a float does not', () => {
    expect(addDecimals('0.10', '0.20')).toBe('0.30');
    expect(addDecimals(...Array.from({ length: 1000 }, () => '0.01'))).toBe('10.00');
    expect(subtractDecimals('100.00', '100.01')).toBe('-0.01');
    expect(fromHundredths(toHundredths('90071992547409.93'))).toBe('90071992547409.93');
  });

  it('compares by value', () => {
    expect(compareDecimals('9.90', '10.00')).toBe(-1);
    expect(compareDecimals('10', '10.00')).toBe(0);
  });

  it('rounds a price up, never down', () => {
    expect(multiplyUp('50.00', '1.00')).toBe('50.00');
    expect(multiplyUp('0.33', '1.01')).toBe('0.34');
  });

  it.each([
    ['50', '50.00'],
    ['1 234,5', '1234.50'],
    ['99,50 zł', '99.50'],
    ['1\u00a0000', '1000.00'],
    ['-5', null],
    ['5,999', null],
    ['', null],
    ['pięć', null],
  ])('reads the typed amount %j', (typed, value) => {
    expect(parseTypedAmount(typed)).toBe(value);
  });
});

describe('dates', () => {
  it('shows Warsaw time whatever the phone thinks', () => {
    expect(formatDateTime('2026-11-21T08:14:00Z', 'pl')).toBe('21.11.2026, 09:14');
    expect(formatDateTime('2026-06-30T22:30:00Z', 'pl')).toBe('01.07.2026, 00:30');
  });

  it.each([
    ['2026-11-20T23:00:00Z', '21 lis 2026', '21 Nov 2026'],
    ['2026-06-30T22:00:00Z', '1 lip 2026', '1 Jul 2026'],
    ['2026-11-20T23:01:00Z', '21.11.2026, 00:01', '21/11/2026, 00:01'],
    ['2026-11-21T00:00:00Z', '21.11.2026, 01:00', '21/11/2026, 01:00'],
  ])('shows the time of a document at %s only where it has one', (value, polish, english) => {
    expect(formatDocumentTime(value, 'pl')).toBe(polish);
    expect(formatDocumentTime(value, 'en')).toBe(english);
  });

  it('puts a moment into the month of Warsaw', () => {
    expect(monthOf('2026-06-30T22:30:00Z')).toBe('2026-07');
    expect(monthOf('2026-01-01')).toBe('2026-01');
  });

  it('declines Polish months', () => {
    expect(formatDay('2026-11-14', 'pl')).toBe('14 listopada');
    expect(formatMonth('2026-11', 'pl')).toBe('listopad 2026');
    expect(formatDate('2026-11-14', 'en')).toBe('14 Nov 2026');
  });
});
