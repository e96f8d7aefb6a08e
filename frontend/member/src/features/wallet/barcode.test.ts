import { describe, expect, it } from 'vitest';
import { linearOf, squareOf } from './barcode';
import { isLink } from './link';

/** Bars and spaces of a path, back to bits. */
function bitsOf(path: string, width: number): string {
  const bits = Array.from({ length: width }, () => '0');
  for (const [, start, length] of path.matchAll(/M(\d+) 0h(\d+)/g)) {
    for (let place = 0; place < Number(length); place += 1) bits[Number(start) + place] = '1';
  }
  return bits.join('');
}

describe('bar codes', () => {
  it('are Code 128 as published: start B, the signs, the check digit, stop', () => {
    // ISO/IEC 15417: "A" in set B is value 33, so the check is (104 + 1 × 33) mod 103 = 34, which draws as "B"
    const patterns = ['11010010000', '10100011000', '10001011000', '1100011101011'];
    const drawn = linearOf('A');
    expect(drawn?.width).toBe(46);
    expect(bitsOf(drawn?.path ?? '', 46)).toBe(patterns.join(''));
  });

  it('are made of codes that fit a line only', () => {
    expect(linearOf('MAR-7KQ2-X9FM-3TBC')).not.toBeNull();
    expect(linearOf('x'.repeat(33))).toBeNull();
    expect(linearOf('żółw-1')).toBeNull();
  });
});

describe('QR codes', () => {
  it('have the three finder patterns', () => {
    const { path, width, height } = squareOf('https://example.com/rewards/payout/abc');
    expect(width).toBe(height);
    expect((width - 17) % 4).toBe(0);
    const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1/g)].map((found) => `${found[1]},${found[2]}`));
    for (const [column, row] of [[0, 0], [width - 7, 0], [0, width - 7]] as const) {
      for (let step = 0; step < 7; step += 1) {
        expect(dark.has(`${column + step},${row}`)).toBe(true);
        expect(dark.has(`${column},${row + step}`)).toBe(true);
      }
      expect(dark.has(`${column + 1},${row + 1}`)).toBe(false);
      expect(dark.has(`${column + 3},${row + 3}`)).toBe(true);
    }
  });

  it('differ for different codes', () => {
    expect(squareOf('ABCD-1').path).not.toBe(squareOf('ABCD-2').path);
  });
});

describe('links', () => {
  it.each([
    ['https://example.com/x', true],
    ['HTTP://example.com/x', true],
    ['javascript:alert(1)', false],
    ['ABCD-1234', false],
    ['https://exa mple.com', false],
  ])('%s: %s', (code, expected) => {
    expect(isLink(code)).toBe(expected);
  });
});
