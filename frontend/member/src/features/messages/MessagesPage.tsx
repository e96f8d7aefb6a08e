import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import { RowsPending } from '@member/features/program/Rows';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { MessagesQuery } from './operations';
import classes from './Messages.module.css';

const PAGE = 20;

export function MessagesPage() {
  const { t } = useLingui();
  const format = useFormat();
  usePageTitle(t`Messages`);
  const messages = useInfiniteQuery({
    queryKey: ['messages', 'list'],
    queryFn: ({ pageParam, signal }) => execute(MessagesQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.messages),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
  });
  const list = messages.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) ?? [];
  return (
    <>
      <h1 className={rows.page}>
        <Trans>Messages</Trans>
      </h1>
      {messages.isPending ? <RowsPending rows={4} /> : null}
      {messages.isError && !messages.data ? <ErrorState error={messages.error} onRetry={() => void messages.refetch()} /> : null}
      {messages.data && list.length === 0 ? (
        <EmptyState icon="bell" title={<Trans>No messages yet</Trans>}>
          <Trans>When a voucher is ready or points are about to expire, you will read it here.</Trans>
        </EmptyState>
      ) : null}
      <ul>
        {list.map((message) => (
          <li key={message.id}>
            <Link to="/messages/$messageId" params={{ messageId: message.id }} className={rows.row} data-unread={message.readAt === null}>
              <div>
                <div className={classes.subject} lang={message.language}>
                  {message.readAt === null ? (
                    <span className={classes.dot}>
                      <span className="k-hidden">
                        <Trans>Unread:</Trans>{' '}
                      </span>
                    </span>
                  ) : null}
                  {message.subject}
                </div>
                <div className={classes.line} lang={message.language}>
                  {message.body}
                </div>
              </div>
              <div className={rows.note}>{format.date(message.createdAt)}</div>
            </Link>
          </li>
        ))}
      </ul>
      {messages.hasNextPage ? (
        <Button variant="default" fullWidth mt="lg" loading={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
          <Trans>Show older</Trans>
        </Button>
      ) : null}
    </>
  );
}
