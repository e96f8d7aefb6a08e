import { describe, expect, it } from 'vitest';
import { characterOf, readBrand } from './brand';
import { contrast, readable, shades, textOn } from './color';

const STEPS = ['00', '33', '66', '99', 'cc', 'ff'];
const COLORS = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue) => `#${red}${green}${blue}`)));

describe('contrast', () => {
  it('agrees with the definition at its ends', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('puts readable text on every fill', () => {
    for (const color of COLORS) expect(contrast(textOn(color), color), color).toBeGreaterThanOrEqual(4.5);
  });

  it.each([['#ffffff', '#f5f6f6'], ['#101315', '#181c1f']])('moves every color until it reads on %s and %s', (...backgrounds) => {
    for (const color of COLORS) {
      const moved = readable(color, backgrounds);
      for (const background of backgrounds) expect(contrast(moved, background), `${color} on ${background}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('leaves a color alone that reads already', () => {
    expect(readable('#00594f', ['#ffffff'])).toBe('#00594f');
  });

  it('keeps the exact brand color as the primary shade', () => {
    expect(shades('#c8102e')[6]).toBe('#c8102e');
  });
});

describe('brand', () => {
  it('gives wholesalers of different hue a different character', () => {
    const of = (primaryColor: string) => characterOf({ kind: 'wholesaler', primaryColor });
    expect([of('#c8102e'), of('#00796b'), of('#1f3a93'), of('#555555')]).toEqual(['solid', 'soft', 'technical', 'technical']);
  });

  it('does not let anything but a color into a stylesheet', () => {
    const brand = readBrand({ kind: 'wholesaler', primaryColor: 'red;}body{display:none', accentColor: '#abc' });
    expect(brand.primaryColor).toMatch(/^#[0-9a-f]{6}$/);
    expect(brand.accentColor).toBe('#abc');
  });
});
