import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError } from '@ui/graphql/errors';
import type { Reward } from './RewardPage';
import { useRewardChange } from './useRewardChange';

export function ActiveButton({ reward }: { reward: Reward }) {
  const [asking, setAsking] = useState(false);
  const change = useRewardChange(reward.id, () => setAsking(false));
  if (!reward.available) return null;
  return (
    <>
      <Button size="xs" variant={reward.active ? 'default' : 'filled'} onClick={() => setAsking(true)}>
        {reward.active ? <Trans>Take out of the shop</Trans> : <Trans>Put into the shop</Trans>}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={reward.active ? <Trans>Take this reward out of the shop?</Trans> : <Trans>Put this reward into the shop?</Trans>}
        confirmLabel={reward.active ? <Trans>Take out of the shop</Trans> : <Trans>Put into the shop</Trans>}
        pending={change.isPending}
        error={change.error ? describeError(change.error) : null}
        onClose={() => {
          change.reset();
          setAsking(false);
        }}
        onConfirm={() => change.mutate({ active: !reward.active })}
      >
        <p>
          {reward.active ? (
            <Trans>Members no longer see it. Orders that were placed are delivered as agreed.</Trans>
          ) : (
            <Trans>Members see it at once, at the prices on this page.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </>
  );
}
