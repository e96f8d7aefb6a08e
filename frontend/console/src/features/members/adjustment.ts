import { addDecimals, compareDecimals, fromHundredths, isZero, parseTypedAmount, subtractDecimals, toHundredths } from '@ui/format/decimal';

/** A signed number of points as typed (`-12,5`, `+100`, `−3`) as a decimal string, or null when it is none or zero. */
export function pointsTyped(typed: string): string | null {
  const clean = typed.trim().replace('\u2212', '-');
  const sign = clean.startsWith('-') ? '-' : '';
  const amount = parseTypedAmount(clean.replace(/^[+-]\s*/, ''));
  return amount === null || isZero(amount) ? null : fromHundredths(toHundredths(`${sign}${amount}`));
}

/** What the member could spend afterwards: what is given repays a debt first. Negative when so much is not there to take. */
export function balanceAfter(standing: { available: string; debt: string }, points: string): string {
  if (points.startsWith('-') || isZero(standing.debt)) return addDecimals(standing.available, points);
  const rest = subtractDecimals(points, standing.debt);
  return compareDecimals(rest, '0') > 0 ? addDecimals(standing.available, rest) : standing.available;
}
