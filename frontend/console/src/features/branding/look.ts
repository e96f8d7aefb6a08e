import { parseHex } from '@ui/brand/color';

/** What the form holds: as typed, so that a half-written color stays on screen. */
export interface Look {
  name: string;
  primaryColor: string;
  accentColor: string;
  surfaceColor: string;
  logoText: string;
  logoShape: string;
  pointOne: string;
  pointFew: string;
  pointMany: string;
  pointOther: string;
}

export const SHAPES = ['circle', 'square', 'hexagon'] as const;

/** `#rrggbb` from what was typed, or null while it is not a color yet. */
export function colorTyped(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (!/^#?[0-9a-f]{6}$/.test(typed) || !parseHex(typed)) return null;
  return typed.startsWith('#') ? typed : `#${typed}`;
}

/** The look as the server will write it, with every color that can be shown: what is not a color yet shows as it was before. */
export function showable(look: Look, before: Look): Look {
  const clean = Object.fromEntries(Object.entries<string>({ ...look }).map(([field, text]) => [field, text.trim().replaceAll(/\s+/g, ' ')])) as unknown as Look;
  return {
    ...clean,
    logoText: clean.logoText.toUpperCase(),
    primaryColor: colorTyped(look.primaryColor) ?? before.primaryColor,
    accentColor: colorTyped(look.accentColor) ?? before.accentColor,
    surfaceColor: colorTyped(look.surfaceColor) ?? before.surfaceColor,
  };
}
