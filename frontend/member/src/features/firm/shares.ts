/** Hundredths of a percent of a share as typed ("12,5"), or null when it is none. An empty field is zero. */
export function basisPoints(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (text === '') return 0;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text)) return null;
  const [whole = '0', part = ''] = text.split('.');
  const value = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return value <= 10_000 ? value : null;
}

/** Decimal percent of hundredths: 1250 → "12.5". */
export function percentOf(points: number): string {
  return String(points / 100);
}

/** What is left for the owner, in hundredths of a percent; null when a share is none, negative when they are too many. */
export function ownersRest(typed: readonly string[]): number | null {
  const parts = typed.map(basisPoints);
  return parts.some((part) => part === null) ? null : 10_000 - parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}
