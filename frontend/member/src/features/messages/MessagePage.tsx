import { useEffect } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { throwOperationErrors } from '@ui/graphql/errors';
import { MessageQuery, ReadMessageMutation } from './operations';
import classes from './Messages.module.css';

/** One message, in the words in which it was said. Opening it is reading it. */
export function MessagePage() {
  const { t } = useLingui();
  const format = useFormat();
  const router = useRouter();
  const client = useQueryClient();
  const { messageId } = useParams({ from: '/messages/$messageId' });
  const message = useQuery({
    queryKey: ['messages', 'one', messageId],
    queryFn: ({ signal }) => execute(MessageQuery, { id: messageId }, signal).then((data) => data.message),
  });
  const { mutate: read } = useMutation({
    mutationFn: async (id: string) => {
      const { readMessage } = await execute(ReadMessageMutation, { input: { id } });
      throwOperationErrors(readMessage?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['messages'] }),
  });
  const shown = message.data;
  const unread = shown && shown.readAt === null ? shown.id : null;
  useEffect(() => {
    if (unread) read(unread);
  }, [unread, read]);
  usePageTitle(shown?.subject ?? t`Messages`);

  if (message.isError && !message.data) return <ErrorState page error={message.error} onRetry={() => void message.refetch()} />;
  if (shown === null) {
    return (
      <EmptyState page icon="bell" title={<Trans>There is no such message</Trans>}>
        <Link to="/messages">
          <Trans>All messages</Trans>
        </Link>
      </EmptyState>
    );
  }
  const { action, path } = shown ?? {};
  return (
    <article aria-busy={message.isPending}>
      <Link to="/messages" className={classes.back}>
        <Icon name="back" size={20} />
        <Trans>All messages</Trans>
      </Link>
      {shown ? (
        <>
          <h1 className={rows.page} lang={shown.language}>
            {shown.subject}
          </h1>
          <p className={rows.lead}>{format.dateTime(shown.createdAt)}</p>
          <div className={classes.body} lang={shown.language}>
            {shown.body.split(/\n{2,}/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
          {action && path ? (
            <Button
              component="a"
              href={path}
              size="lg"
              lang={shown.language}
              onClick={(event: React.MouseEvent) => {
                event.preventDefault();
                router.history.push(path);
              }}
            >
              {action}
            </Button>
          ) : null}
        </>
      ) : (
        <Skeleton height={160} mt="lg" />
      )}
    </article>
  );
}
