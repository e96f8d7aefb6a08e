import { Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/** Rows of the same height as the real ones, so that nothing moves when they come. */
export function RowsPending({ rows }: { rows: number }) {
  return (
    <div aria-busy="true">
      <span className="k-hidden" role="status">
        <Trans>Loading</Trans>
      </span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} style={{ display: 'flex', alignItems: 'center', height: '4rem', gap: '1rem' }}>
          <div style={{ flex: 1 }}>
            <Skeleton height={14} width={`${62 - (index % 3) * 12}%`} mb={8} />
            <Skeleton height={12} width="34%" />
          </div>
          <Skeleton height={16} width={72} />
        </div>
      ))}
    </div>
  );
}
