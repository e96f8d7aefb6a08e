/** A text as it is looked for: small letters without their marks, so that "zolw" finds "Żółw". */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '');
}
