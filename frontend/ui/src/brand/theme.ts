import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core';
import { characterOf, type Brand, type Character } from './brand';
import { mix, readable, shades } from './color';

// The brand's own type stands before it in `--k-type`, once the device has it (`type.ts`).
const SYSTEM = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export interface Temper {
  font: string;
  headingWeight: string;
  radius: string;
}

const TEMPERS: Record<Character, Temper> = {
  solid: { font: 'Archivo', headingWeight: '750', radius: '5px' },
  soft: { font: 'Figtree', headingWeight: '700', radius: '14px' },
  technical: { font: 'IBM Plex Sans', headingWeight: '600', radius: '2px' },
};

/** How a character shapes what it draws: for a picture of one brand inside the page of another. */
export function temperOf(brand: Pick<Brand, 'kind' | 'primaryColor'>): Temper & { character: Character } {
  const character = characterOf(brand);
  return { ...TEMPERS[character], character };
}

/** The family of a brand. */
export function fontOf(brand: Brand): string {
  return TEMPERS[characterOf(brand)].font;
}

const LIGHT = { body: '#ffffff', sunken: '#f5f6f6', line: '#e0e3e5', muted: '#575f66', text: '#14181b' };
const DARK = { body: '#101315', sunken: '#181c1f', line: '#2d3337', muted: '#a5adb4', text: '#eceff1' };

export interface Look {
  /** The console shows ten times as much: the same brand, less of it. */
  dense: boolean;
}

export function buildTheme(brand: Brand, look: Look): MantineThemeOverride {
  const temper = TEMPERS[characterOf(brand)];
  const radius = look.dense ? '4px' : temper.radius;
  const family = `var(--k-type, system-ui), ${SYSTEM}`;
  return createTheme({
    primaryColor: 'brand',
    primaryShade: 6,
    autoContrast: true,
    luminanceThreshold: 0.179,
    cursorType: 'pointer',
    respectReducedMotion: true,
    fontFamily: family,
    fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Roboto Mono", Menlo, monospace',
    headings: { fontFamily: family, fontWeight: temper.headingWeight },
    defaultRadius: radius,
    colors: {
      brand: shades(brand.primaryColor),
      accent: shades(brand.accentColor),
      dark: ['#eceff1', '#c6ccd0', '#a5adb4', '#7a838a', '#4a5258', '#363d42', '#2d3337', '#181c1f', '#131719', '#101315'],
    },
    components: {
      Button: { defaultProps: { size: look.dense ? 'xs' : 'md' } },
      TextInput: { defaultProps: { size: look.dense ? 'xs' : 'md' } },
      PasswordInput: { defaultProps: { size: 'md' } },
      Modal: { defaultProps: { centered: true, radius: radius } },
    },
  });
}

const BASES = { light: LIGHT, dark: DARK };

/** Colors that must be computed rather than mixed in CSS, because a contrast ratio depends on them. */
export function brandTokens({ primaryColor, accentColor }: Pick<Brand, 'primaryColor' | 'accentColor'>, scheme: 'light' | 'dark') {
  const base = BASES[scheme];
  const tint = mix(base.body, primaryColor, base === LIGHT ? 0.07 : 0.16);
  const ink = readable(primaryColor, [base.body, base.sunken, tint]);
  return {
    '--k-body': base.body,
    '--k-sunken': base.sunken,
    '--k-line': base.line,
    '--k-muted': base.muted,
    '--k-text': base.text,
    '--k-tint': tint,
    '--k-ink': ink,
    '--k-mark': readable(primaryColor, [base.body, tint], 3),
    '--k-accent-mark': readable(accentColor, [base.body, tint], 3),
    '--k-gain': base === LIGHT ? '#0b6b3a' : '#6fd39b',
    '--k-warn': base === LIGHT ? '#8a4b00' : '#f0b35c',
    '--k-danger': base === LIGHT ? '#b3261e' : '#ff9d94',
    '--k-danger-tint': base === LIGHT ? '#fdf0ef' : '#2c1917',
    '--k-warn-tint': base === LIGHT ? '#fdf5e8' : '#2a2114',
    '--mantine-color-body': base.body,
    '--mantine-color-text': base.text,
    '--mantine-color-dimmed': base.muted,
    '--mantine-color-placeholder': base.muted,
    '--mantine-color-default-border': base === LIGHT ? '#8b949b' : '#6c757c',
    '--mantine-color-error': base === LIGHT ? '#b3261e' : '#ff9d94',
    '--mantine-color-anchor': ink,
    '--mantine-color-brand-text': ink,
    '--mantine-color-brand-light': tint,
    '--mantine-color-brand-light-hover': mix(tint, primaryColor, 0.07),
    '--mantine-color-brand-light-color': ink,
    '--mantine-color-brand-outline': ink,
  };
}

export function buildVariables(brand: Brand): CSSVariablesResolver {
  return () => ({ variables: {}, light: brandTokens(brand, 'light'), dark: brandTokens(brand, 'dark') });
}
