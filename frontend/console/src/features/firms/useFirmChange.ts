import { useMutation, useQueryClient } from '@tanstack/react-query';
import { throwOperationErrors } from '@ui/graphql/errors';

type Refusals = Parameters<typeof throwOperationErrors>[0];

/** A change of a firm: done, or refused with the server's reason; firms and members are asked again either way. */
export function useFirmChange<Input>(change: (input: Input) => Promise<Refusals>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => {
      throwOperationErrors(await change(input));
    },
    onSuccess: onDone,
    onSettled: () => Promise.all(['firms', 'members'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
