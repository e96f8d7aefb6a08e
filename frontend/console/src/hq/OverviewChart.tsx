import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useFormat } from '@ui/format/useFormat';
import type { OverviewData } from './OverviewPage';
import { magnitude, type Metric } from './metrics';

interface OverviewChartProps {
  overview: OverviewData;
  metric: Metric;
  /** Each wholesaler's own color, made readable on the page. */
  colorOf: (slug: string) => string;
}

/** The months as lines. A picture only: the table under it says the same in figures. */
export function OverviewChart({ overview, metric, colorOf }: OverviewChartProps) {
  const format = useFormat();
  const data = overview.months.map((month, index) => ({
    month: format.monthShort(month),
    ...Object.fromEntries(
      overview.wholesalers.map((wholesaler) => {
        const figures = wholesaler.months[index];
        return [wholesaler.slug, figures ? magnitude(figures, metric) : 0];
      }),
    ),
  }));
  return (
    <LineChart
      h={260}
      data={data}
      dataKey="month"
      series={overview.wholesalers.map((each) => ({ name: each.slug, label: each.name, color: colorOf(each.slug) }))}
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
