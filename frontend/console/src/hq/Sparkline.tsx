
interface SparklineProps {
  values: readonly number[];
  color: string;
  className?: string | undefined;
}

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 3;

/** The shape of a row; its figures stand beside it, so to a screen reader it says nothing. */
export function Sparkline({ values, color, className }: SparklineProps) {
  const max = Math.max(...values, 0);
  const min = Math.min(...values, max);
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  const y = (value: number) => HEIGHT - PAD - (max > min ? ((value - min) / (max - min)) * (HEIGHT - 2 * PAD) : 0);
  const points = values.map((value, index) => `${(PAD + index * step).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <svg className={className} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <polyline points={points.join(' ')} fill="none" stroke={color} strokeWidth={1.75} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
