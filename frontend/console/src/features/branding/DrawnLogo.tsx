import { textOn } from '@ui/brand/color';

interface DrawnLogoProps {
  text: string;
  shape: string;
  color: string;
  size: number;
}

const HEXAGON = '32,2 62,17 62,47 32,62 2,47 2,17';
const FONT_SIZES: Record<number, number> = { 1: 34, 2: 27 };

/** The logo as the server draws it (`logo_svg` in kolektor/config/branding.py): letters on a shape, with a rim. */
export function DrawnLogo({ text, shape, color, size }: DrawnLogoProps) {
  const ink = textOn(color);
  const paint = { fill: color, stroke: ink, strokeWidth: 3 };
  const letters = text.trim().toUpperCase().slice(0, 3);
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" data-shape={shape}>
      {shape === 'hexagon' ? <polygon points={HEXAGON} strokeLinejoin="round" {...paint} /> : null}
      {shape === 'square' ? <rect x="2" y="2" width="60" height="60" rx="10" {...paint} /> : null}
      {shape !== 'hexagon' && shape !== 'square' ? <circle cx="32" cy="32" r="30" {...paint} /> : null}
      <text
        x="32"
        y="33"
        fill={ink}
        fontFamily="system-ui, sans-serif"
        fontWeight="700"
        fontSize={FONT_SIZES[letters.length] ?? 21}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {letters}
      </text>
    </svg>
  );
}
