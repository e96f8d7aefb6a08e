import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { EnrollBuyerMutation, ForgetBuyerMutation, ForgetGoodsMutation, MatchBuyerMutation, MatchGoodsMutation } from './operations';

/** Says what goods are. Goods that have found their product meanwhile need no word. */
export async function matchGoods(input: { key: string; productId: string | null }): Promise<void> {
  const { matchGoods: answer } = await execute(MatchGoodsMutation, { input });
  try {
    throwOperationErrors(answer?.errors);
  } catch (error) {
    const refused = toAppError(error);
    if (refused.code !== 'NOT_FOUND' || refused.field !== 'key') throw error;
  }
}

async function matchBuyer(input: { key: string; memberId: string | null }): Promise<void> {
  const { matchBuyer: answer } = await execute(MatchBuyerMutation, { input });
  throwOperationErrors(answer?.errors);
}

async function enrollBuyer(input: { key: string }): Promise<void> {
  const { enrollBuyer: answer } = await execute(EnrollBuyerMutation, { input });
  throwOperationErrors(answer?.errors);
}

async function forget({ kind, key }: { kind: 'goods' | 'buyers'; key: string }): Promise<void> {
  if (kind === 'goods') {
    const { forgetGoods } = await execute(ForgetGoodsMutation, { input: { key } });
    throwOperationErrors(forgetGoods?.errors);
  } else {
    const { forgetBuyer } = await execute(ForgetBuyerMutation, { input: { key } });
    throwOperationErrors(forgetBuyer?.errors);
  }
}

function useDeed<Input>(deed: (input: Input) => Promise<void>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: async () => {
      await Promise.all(['unmatched', 'learned', 'cockpit', 'members', 'products'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onDone?.();
    },
  });
}

export const useMatchGoods = (onDone?: () => void) => useDeed(matchGoods, onDone);
export const useMatchBuyer = (onDone?: () => void) => useDeed(matchBuyer, onDone);
export const useEnrollBuyer = (onDone?: () => void) => useDeed(enrollBuyer, onDone);
export const useForget = () => useDeed(forget);
