import { useMemo } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';

export const PAGE = 10;

interface Connection<Node> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: readonly { node: Node }[];
}

/** One of a member's lists, page after page, under the member's own key: an adjustment has all of them read anew. */
export function usePages<Node>(
  memberId: string,
  name: string,
  load: (variables: { id: string; first: number; after: string | null }, signal: AbortSignal) => Promise<Connection<Node>>,
) {
  const source = useInfiniteQuery({
    queryKey: ['members', 'one', memberId, name],
    queryFn: ({ pageParam, signal }) => load({ id: memberId, first: PAGE, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
  });
  const rows = useMemo(() => source.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [source.data]);
  return { source, rows, total: source.data?.pages[0]?.totalCount };
}
