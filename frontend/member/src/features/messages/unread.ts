import { queryOptions } from '@tanstack/react-query';
import { execute } from '@member/api';
import { UnreadQuery } from './operations';

const POLL_MS = 60_000;

/** How many messages were not opened yet; asked again once a minute while the app is in front. */
export const unreadQuery = queryOptions({
  queryKey: ['messages', 'unread'],
  queryFn: ({ signal }) => execute(UnreadQuery, {}, signal).then((data) => data.unreadMessages),
  refetchInterval: POLL_MS,
});
