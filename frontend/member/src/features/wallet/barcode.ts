import JsBarcode from 'jsbarcode';
import qrcode from 'qrcode-generator';

/** Dark modules as one SVG path on a grid of units; whoever draws it adds the quiet zone that scanners need. */
export interface Drawing {
  path: string;
  width: number;
  height: number;
}

const LINEAR_HEIGHT = 40;
const LONGEST_LINEAR = 32;

/** Code 128 for what a till reads in a line; null when the code is too long or has signs that Code 128 has not. */
export function linearOf(code: string): Drawing | null {
  if (code.length > LONGEST_LINEAR || !/^[\x20-\x7e]+$/.test(code)) return null;
  const target: { encodings?: { data: string }[] } = {};
  JsBarcode(target, code, { format: 'CODE128' });
  const bits = (target.encodings ?? []).map((each) => each.data).join('');
  const bars = [...bits.matchAll(/1+/g)].map((bar) => `M${bar.index} 0h${bar[0].length}v${LINEAR_HEIGHT}h-${bar[0].length}z`);
  return { path: bars.join(''), width: bits.length, height: LINEAR_HEIGHT };
}

/** A QR code with medium error correction, in the smallest version that holds the text. */
export function squareOf(text: string): Drawing {
  const made = qrcode(0, 'M');
  made.addData(text);
  made.make();
  const size = made.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (made.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { path, width: size, height: size };
}
