import { queryOptions, useQuery } from '@tanstack/react-query';
import { execute } from '@member/api';
import { useNamedPoints } from '@ui/format/useFormat';
import { BalanceQuery, ProgramQuery } from './operations';

/** Kept on the phone for a start without a network. */
export const KEPT = { offline: true } as const;

export const programQuery = queryOptions({
  queryKey: ['program'],
  queryFn: ({ signal }) => execute(ProgramQuery, {}, signal),
  staleTime: 5 * 60_000,
  meta: KEPT,
});

export const balanceQuery = queryOptions({
  queryKey: ['balance'],
  queryFn: ({ signal }) => execute(BalanceQuery, {}, signal).then((data) => data.balance),
  meta: KEPT,
});

/** Points with what this program calls them. */
export function usePoints() {
  return useNamedPoints(useQuery(programQuery).data?.program.pointForms);
}
