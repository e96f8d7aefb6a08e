import { queryOptions, useQuery } from '@tanstack/react-query';
import { execute } from '@console/api';
import { ViewerQuery } from './operations';

export const viewerQuery = queryOptions({
  queryKey: ['viewer'],
  queryFn: ({ signal }) => execute(ViewerQuery, {}, signal),
  staleTime: 5 * 60_000,
});

export function usePointName(): string {
  return useQuery(viewerQuery).data?.program.pointName ?? '';
}
