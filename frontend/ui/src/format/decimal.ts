/** Exact decimals: points and money travel as strings with at most two places and are never floats. */

const PATTERN = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** Hundredths of a point, or grosze, from a decimal string such as "1234.50". Throws RangeError on anything else. */
export function toHundredths(value: string): bigint {
  const match = PATTERN.exec(value);
  if (!match) throw new RangeError(`not a decimal with at most two places: ${value}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const amount = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -amount : amount;
}

/** The reverse of `toHundredths`: always two places. */
export function fromHundredths(value: bigint): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function addDecimals(...values: string[]): string {
  return fromHundredths(values.reduce((sum, value) => sum + toHundredths(value), 0n));
}

export function subtractDecimals(a: string, b: string): string {
  return fromHundredths(toHundredths(a) - toHundredths(b));
}

export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const difference = toHundredths(a) - toHundredths(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isZero(value: string): boolean {
  return toHundredths(value) === 0n;
}

/** Product of two decimals, rounded up to the next hundredth, so that a price shown is never below the price taken. */
export function multiplyUp(a: string, b: string): string {
  const product = toHundredths(a) * toHundredths(b);
  return fromHundredths(product / 100n + (product % 100n > 0n ? 1n : 0n));
}

/** What a person typed ("1 234,5", "50 zł", "50.00") as a decimal string, or null when it is not an amount. */
export function parseTypedAmount(typed: string): string | null {
  const cleaned = typed.replace(/[\s\u00a0\u202f]|zł|PLN/gi, '').replace(',', '.');
  return PATTERN.test(cleaned) && !cleaned.startsWith('-') ? fromHundredths(toHundredths(cleaned)) : null;
}

/** For bar lengths and chart coordinates only: a float loses cents on large sums. */
export function toChartNumber(value: string): number {
  return Number(toHundredths(value)) / 100;
}
