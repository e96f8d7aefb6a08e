import { contrast, mix, parseHex, textOn } from '@ui/brand/color';
import { brandTokens } from '@ui/brand/theme';

/** A color moved towards black or white until it reads: which it became, how far, and what contrast it has then. */
export interface Moved {
  color: string;
  /** 0–100; 0 is the exact color. */
  percent: number;
  towards: 'black' | 'white';
  ratio: number;
}

export interface Verdict {
  fill: { text: 'black' | 'white'; ratio: number };
  /** The filled button against the page around it; below 3 it is found by its text only. */
  button: { ratio: number; stands: boolean };
  link: Moved;
  linkInDark: Moved;
  accent: Moved;
  surface: { text: 'black' | 'white'; ratio: number };
}

const NAMES = { '#000000': 'black', '#ffffff': 'white' } as const;

/** Down, never up: 4.499 is not 4.5. */
function rounded(ratio: number): number {
  return Math.floor(ratio * 10 + 1e-9) / 10;
}

function fillOf(color: string) {
  const text = textOn(color);
  return { text: NAMES[text], ratio: rounded(contrast(color, text)) };
}

/** How much of black or white is in `to`, when it was mixed out of `from`. */
function moved(from: string, to: string, backgrounds: string[]): Moved {
  const [before, after] = [parseHex(from) ?? [0, 0, 0], parseHex(to) ?? [0, 0, 0]];
  const sum = (rgb: number[]) => rgb.reduce((total, part) => total + part, 0);
  const towards = sum(after) < sum(before) ? 'black' : 'white';
  const end = towards === 'black' ? '#000000' : '#ffffff';
  // the step of `readable` is two percent: the one that gives this very color, or the end itself
  const percent = Array.from({ length: 51 }, (_, step) => step * 2).find((share) => mix(from, end, share / 100) === to.toLowerCase()) ?? 100;
  return { color: to, percent, towards, ratio: rounded(Math.min(...backgrounds.map((background) => contrast(to, background)))) };
}

/** What becomes of the colors that a wholesaler chose, in numbers. */
export function verdictOf(primaryColor: string, accentColor: string, surfaceColor: string): Verdict {
  const primary = primaryColor.toLowerCase();
  const accent = accentColor.toLowerCase();
  const light = brandTokens({ primaryColor: primary, accentColor: accent }, 'light');
  const dark = brandTokens({ primaryColor: primary, accentColor: accent }, 'dark');
  const grounds = (tokens: typeof light) => [tokens['--k-body'], tokens['--k-sunken'], tokens['--k-tint']];
  const button = contrast(primary, light['--k-body']);
  return {
    fill: fillOf(primary),
    button: { ratio: rounded(button), stands: button >= 3 },
    link: moved(primary, light['--k-ink'], grounds(light)),
    linkInDark: moved(primary, dark['--k-ink'], grounds(dark)),
    accent: moved(accent, light['--k-accent-mark'], [light['--k-body'], light['--k-tint']]),
    surface: fillOf(surfaceColor),
  };
}
