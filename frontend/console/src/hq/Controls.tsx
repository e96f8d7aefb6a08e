import { SegmentedControl } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Metric } from './metrics';
import classes from './Hq.module.css';

export const SPANS = ['6', '12', '24'] as const;

export function useMetricNames(): Record<Metric, string> {
  const { t } = useLingui();
  return { sales: t`Sales`, pointsAwarded: t`Points awarded`, pointsSpent: t`Points spent`, orders: t`Orders` };
}

interface ControlsProps<By extends string> {
  ways: readonly { value: By; label: string }[];
  by: By;
  onBy: (by: By) => void;
  metrics: readonly Metric[];
  metric: Metric;
  onMetric: (metric: Metric) => void;
  span: string;
  onSpan: (span: string) => void;
}

/** By what, which figure, how far back. */
export function Controls<By extends string>({ ways, by, onBy, metrics, metric, onMetric, span, onSpan }: ControlsProps<By>) {
  const { t } = useLingui();
  const names = useMetricNames();
  return (
    <div className={classes.controls}>
      <div role="group" aria-label={t`Rows`} className={classes.control}>
        <SegmentedControl size="xs" value={by} onChange={(value) => onBy(value)} data={ways.map((each) => ({ ...each }))} />
      </div>
      <div role="group" aria-label={t`Figure`} className={`${classes.control} ${metrics.length > 2 ? (classes.metrics ?? '') : ''}`}>
        <SegmentedControl size="xs" value={metric} onChange={(value) => onMetric(value)} data={metrics.map((each) => ({ value: each, label: names[each] }))} />
      </div>
      <div role="group" aria-label={t`Period`} className={classes.control}>
        <SegmentedControl
          size="xs"
          value={span}
          onChange={onSpan}
          data={SPANS.map((months) => ({ value: months, label: plural(Number(months), { one: '# month', other: '# months' }) }))}
        />
      </div>
    </div>
  );
}
