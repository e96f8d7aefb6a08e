import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { throwOperationErrors } from '@ui/graphql/errors';
import { ChangeRewardMutation } from './operations';

export interface RewardChange {
  active?: boolean;
  pointsPerUnit?: string;
  category?: string;
}

/** Changes one reward and has every list of rewards read anew. */
export function useRewardChange(id: string, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: RewardChange) => {
      const { changeReward } = await execute(ChangeRewardMutation, { input: { id, ...change } });
      throwOperationErrors(changeReward?.errors);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rewards'] });
      onDone?.();
    },
  });
}
