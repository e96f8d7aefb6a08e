import { useComputedColorScheme } from '@mantine/core';
import { readable } from '@ui/brand/color';

// apart in hue and lightness; what has no color of its own takes them in turn
const PALETTE = ['#2f6fbb', '#c4572b', '#3f8f55', '#8a5bb5', '#b58a12', '#1f8f94'];

/** Colors that read on the page in the scheme that is on. */
export function useColors(): { of: (color: string) => string; nth: (index: number) => string } {
  const scheme = useComputedColorScheme('light');
  const ground = scheme === 'dark' ? '#101315' : '#ffffff';
  const of = (color: string) => readable(color, [ground], 3);
  return { of, nth: (index) => of(PALETTE[index % PALETTE.length] ?? '#777777') };
}
