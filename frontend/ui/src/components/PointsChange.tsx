import { isGain } from '@ui/format/number';
import { useFormat } from '@ui/format/useFormat';

/** A change of points: signed, and green when gained. The sign carries the meaning, the color only helps. */
export function PointsChange({ value, unit }: { value: string; unit?: string }) {
  const format = useFormat();
  return (
    <span style={{ color: isGain(value) ? 'var(--k-gain)' : undefined, whiteSpace: 'nowrap' }}>
      {format.points(value, { signed: true })}
      {unit ? `\u00a0${unit}` : null}
    </span>
  );
}
