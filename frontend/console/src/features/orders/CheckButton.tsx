import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { CheckOrderMutation } from './operations';

// the worker asks the partner in the meantime
const LOOK_AGAIN_MS = [1000, 4000, 9000];

/** Asks the partner now instead of at the next turn; the reference stays the same, so nothing is bought twice. */
export function CheckButton({ orderId }: { orderId: string }) {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: async () => {
      const { checkOrder } = await execute(CheckOrderMutation, { input: { id: orderId } });
      throwOperationErrors(checkOrder?.errors);
    },
    onSuccess: () => {
      for (const delay of LOOK_AGAIN_MS) setTimeout(() => void client.invalidateQueries({ queryKey: ['orders'] }), delay);
      return client.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  return (
    <div>
      <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        <Trans>Ask the partner now</Trans>
      </Button>
      {check.isError ? <p role="alert">{describeError(check.error)}</p> : null}
      <p role="status">{check.isSuccess ? <Trans>The partner is being asked.</Trans> : null}</p>
    </div>
  );
}
