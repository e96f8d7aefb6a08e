import { Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/** The outline of a page while its code or first answer is on the way. */
export function PagePending() {
  return (
    <div aria-busy="true">
      <span className="k-hidden" role="status">
        <Trans>Loading</Trans>
      </span>
      <Skeleton height={28} width="45%" mb="lg" />
      <Skeleton height={120} mb="md" />
      <Skeleton height={64} mb="md" />
      <Skeleton height={64} mb="md" />
      <Skeleton height={64} />
    </div>
  );
}
