/** Contrast arithmetic of WCAG 2.2 on sRGB hex colors. */

type Rgb = [number, number, number];

export function parseHex(hex: string): Rgb | null {
  const match = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(hex.trim());
  if (!match?.[1]) return null;
  const full = match[1].length === 3 ? match[1].replace(/./g, '$&$&') : match[1];
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as Rgb;
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

export function luminance(hex: string): number {
  const rgb = parseHex(hex) ?? [0, 0, 0];
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** `share` of `b` in `a`. */
export function mix(a: string, b: string, share: number): string {
  const from = parseHex(a) ?? [0, 0, 0];
  const to = parseHex(b) ?? [0, 0, 0];
  return toHex(from.map((part, at) => part + ((to[at] ?? 0) - part) * share) as Rgb);
}

/** Black or white: one of them always reaches 4.5:1 (the break-even luminance is 0.179). */
export function textOn(fill: string): '#000000' | '#ffffff' {
  return luminance(fill) > 0.179 ? '#000000' : '#ffffff';
}

/** The same hue, moved towards black or white just far enough to read on every one of the backgrounds. */
export function readable(color: string, backgrounds: string[], ratio = 4.5): string {
  const darkest = Math.min(...backgrounds.map(luminance));
  const target = darkest > 0.179 ? '#000000' : '#ffffff';
  for (let share = 0; share <= 1; share += 0.02) {
    const candidate = mix(color, target, share);
    if (backgrounds.every((background) => contrast(candidate, background) >= ratio)) return candidate;
  }
  return target;
}

/** Hue 0–359 and saturation 0–1 (HSL). */
export function hueOf(hex: string): { hue: number; saturation: number } {
  const [red, green, blue] = (parseHex(hex) ?? [0, 0, 0]).map((part) => part / 255) as Rgb;
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const delta = max - min;
  if (delta === 0) return { hue: 0, saturation: 0 };
  const sector = max === red ? ((green - blue) / delta) % 6 : max === green ? (blue - red) / delta + 2 : (red - green) / delta + 4;
  const lightness = (max + min) / 2;
  return { hue: Math.round(sector * 60 + 360) % 360, saturation: delta / (1 - Math.abs(2 * lightness - 1)) };
}

/** Ten shades around the exact color, which stands at index 6 (Mantine's tuple). */
export function shades(color: string): [string, string, string, string, string, string, string, string, string, string] {
  const lighter = (share: number) => mix(color, '#ffffff', share);
  const darker = (share: number) => mix(color, '#000000', share);
  return [
    lighter(0.93), lighter(0.84), lighter(0.68), lighter(0.5), lighter(0.32), lighter(0.15),
    color, darker(0.14), darker(0.28), darker(0.42),
  ];
}
