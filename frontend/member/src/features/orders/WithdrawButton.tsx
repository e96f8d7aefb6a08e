import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@member/api';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { WithdrawOrderMutation } from './operations';

/** Takes back an order that still waits for the firm's owner. */
export function WithdrawButton({ orderId }: { orderId: string }) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: async () => {
      const { withdrawOrder } = await execute(WithdrawOrderMutation, { input: { id: orderId } });
      throwOperationErrors(withdrawOrder?.errors);
    },
    onSettled: () => Promise.all(['orders', 'balance', 'history'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <>
      <Button variant="default" fullWidth loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        <Trans>Take the order back</Trans>
      </Button>
      {withdraw.isError ? <p role="alert">{describeError(withdraw.error)}</p> : null}
    </>
  );
}
