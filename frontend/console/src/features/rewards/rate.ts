/** A typed number above zero with a comma or a point and up to two decimals, as the server takes it; null when it is none. */
export function rateTyped(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0]/g, '').replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text) || Number(text) === 0) return null;
  const [whole = '0', cents = ''] = text.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`;
}

/** Face values typed in a line ("20, 50 100"); null when one of them is none. */
export function amountsTyped(typed: string): string[] | null {
  const parts = typed.split(/[;\s]+|,(?=\s)/).map((part) => part.replace(/,$/, '')).filter((part) => part !== '');
  const amounts = parts.map(rateTyped);
  return amounts.length === 0 || amounts.includes(null) ? null : (amounts as string[]);
}
