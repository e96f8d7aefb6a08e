import { useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@member/api';
import { AppError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { useSurroundings } from '@ui/session/SessionContext';
import { clearAttempt, loadAttempt, newKey, saveAttempt, type Attempt } from './attempt';
import { PlaceOrderMutation } from './operations';

export interface PlacedOrder {
  id: string;
  number: string;
  state: string;
}

async function send(rewardId: string, attempt: Attempt): Promise<PlacedOrder> {
  const input = { rewardId, faceValue: attempt.faceValue, idempotencyKey: attempt.key };
  const { placeOrder } = await execute(PlaceOrderMutation, { input });
  throwOperationErrors(placeOrder?.errors);
  if (!placeOrder?.order) throw new AppError('SERVER', { status: 500 });
  return placeOrder.order;
}

/**
 * Orders at most once per checkout screen. The key is made with the screen and kept until a certain answer; after a
 * lost answer only the same order can be repeated. A refusal settles the key, so the next try takes a new one.
 */
export function usePlaceOrder(rewardId: string, onPlaced: (order: PlacedOrder) => void) {
  const client = useQueryClient();
  const { session } = useSurroundings();
  const scope = `${session.person?.id ?? ''}.${rewardId}`;
  const [unsettled, setUnsettled] = useState<Attempt | null>(() => loadAttempt(scope));
  const key = useRef<string | null>(null);
  const inFlight = useRef(false);

  const mutation = useMutation({
    mutationFn: (attempt: Attempt) => send(rewardId, attempt),
    onSuccess: (order) => {
      clearAttempt(scope);
      setUnsettled(null);
      for (const queryKey of [['balance'], ['history'], ['orders'], ['vouchers'], ['rewards']]) {
        void client.invalidateQueries({ queryKey });
      }
      onPlaced(order);
    },
    onError: (error, attempt) => {
      if (toAppError(error).outcomeUnknown) {
        setUnsettled(attempt);
        return;
      }
      clearAttempt(scope);
      setUnsettled(null);
      key.current = null;
    },
    onSettled: () => {
      inFlight.current = false;
    },
  });

  const place = (faceValue: string) => {
    // A second tap comes before React has drawn the disabled button.
    if (inFlight.current) return;
    inFlight.current = true;
    key.current ??= newKey();
    const attempt = unsettled ?? { key: key.current, faceValue };
    saveAttempt(scope, attempt);
    mutation.mutate(attempt);
  };

  return { place, unsettled, pending: mutation.isPending, error: mutation.error, reset: mutation.reset };
}
