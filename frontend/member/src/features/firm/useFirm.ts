import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@member/api';
import { throwOperationErrors } from '@ui/graphql/errors';
import { FirmQuery } from './operations';

export type FirmView = ResultOf<typeof FirmQuery>;
export type OwnFirm = NonNullable<FirmView['firm']>;
export type FirmMember = OwnFirm['members'][number];

export const firmQuery = queryOptions({ queryKey: ['firm'], queryFn: ({ signal }) => execute(FirmQuery, {}, signal) });

type Refusals = Parameters<typeof throwOperationErrors>[0];

/** A change of the firm: done, or refused with the server's reason; what shows the firm is asked again either way. */
export function useFirmChange<Input>(change: (input: Input) => Promise<Refusals | null>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => {
      throwOperationErrors((await change(input)) ?? undefined);
    },
    onSuccess: onDone,
    onSettled: () => Promise.all(['firm', 'program', 'profile', 'history', 'orders'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
