import { queryOptions, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
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

interface Answer<Data> {
  data: Data | undefined;
  isFetching: boolean;
}

/**
 * What the server said, unless an order has made it wrong since: then nothing until it answers again, so that no figure
 * of before is painted. Without a network the old one comes back, under its date.
 */
export function useCurrent<Data>({ data, isFetching }: Answer<Data>, queryKey: QueryKey): Data | undefined {
  const outdated = useQueryClient().getQueryState(queryKey)?.isInvalidated ?? false;
  return outdated && isFetching ? undefined : data;
}

/** Points with what this program calls them. */
export function usePoints() {
  return useNamedPoints(useQuery(programQuery).data?.program.pointForms);
}
