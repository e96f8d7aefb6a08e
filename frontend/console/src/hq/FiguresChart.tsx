import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useFormat } from '@ui/format/useFormat';
import { magnitude, type FiguresRow, type Metric } from './metrics';

interface FiguresChartProps {
  months: readonly string[];
  rows: readonly FiguresRow[];
  metric: Metric;
}

/** More lines than these nobody can tell apart; the table has them all. */
const LINES = 6;

/** The months as lines. A picture only: the table under it says the same in figures. */
export function FiguresChart({ months, rows, metric }: FiguresChartProps) {
  const format = useFormat();
  const shown = rows.slice(0, LINES);
  const data = months.map((month, index) => ({
    month: format.monthShort(month),
    ...Object.fromEntries(
      shown.map((row) => {
        const figures = row.months[index];
        return [row.key, figures ? magnitude(figures, metric) : 0];
      }),
    ),
  }));
  return (
    <LineChart
      h={260}
      data={data}
      dataKey="month"
      series={shown.map((each) => ({ name: each.key, label: each.name, color: each.color }))}
      curveType="linear"
      withLegend
      withDots={false}
      strokeWidth={2}
      gridAxis="x"
      tickLine="none"
      valueFormatter={(value) => format.compact(value)}
      yAxisProps={{ width: 64 }}
      lineChartProps={{ accessibilityLayer: false }}
      legendProps={{ verticalAlign: 'top' }}
    />
  );
}
