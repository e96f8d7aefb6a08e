import { queryOptions, useQuery } from '@tanstack/react-query';
import { execute } from '@console/api';
import { useNamedPoints } from '@ui/format/useFormat';
import { ViewerQuery } from './operations';

export const viewerQuery = queryOptions({
  queryKey: ['viewer'],
  queryFn: ({ signal }) => execute(ViewerQuery, {}, signal),
  staleTime: 5 * 60_000,
});

/** Points with what this program calls them. */
export function usePoints() {
  return useNamedPoints(useQuery(viewerQuery).data?.program.pointForms);
}
