import { useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '@ui/components/CopyButton';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { DevSecondFactors } from './DevSecondFactors';
import { IdFrame } from './IdFrame';
import { getJson } from './requests';
import classes from './Id.module.css';

interface DevMessage {
  id: string;
  channel: 'email' | 'sms' | 'push';
  sender: string;
  recipient: string;
  subject: string;
  text: string;
  hasHtml: boolean;
  code: string | null;
  at: string;
}

const POLL_MS = 2000;

/** What a development machine would have sent. Never in production: the server has no such page there. */
export function DevMessagesPage() {
  const { t } = useLingui();
  const format = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  usePageTitle(t`Development outbox`);
  const messages = useQuery({
    queryKey: ['dev', 'messages'],
    queryFn: ({ signal }) => getJson<{ messages: DevMessage[] }>('/api/dev/messages', signal).then((answer) => answer.messages),
    refetchInterval: POLL_MS,
  });
  const list = messages.data ?? [];
  const open = chosen ?? list[0]?.id ?? null;
  const names = { email: t`E-mail`, sms: t`SMS`, push: t`Push` };

  return (
    <IdFrame>
      <main className={classes.programs}>
        <h1 className={classes.title}>
          <Trans>Development outbox</Trans>
        </h1>
        <p className={classes.lead}>
          <Trans>Every e-mail, SMS and push that this machine would have sent, newest first. Nothing has left it.</Trans>
        </p>
        <DevSecondFactors />
        {messages.isError && !messages.data ? <ErrorState error={messages.error} onRetry={() => void messages.refetch()} /> : null}
        {messages.data && list.length === 0 ? (
          <EmptyState icon="list" title={<Trans>Nothing was sent yet</Trans>}>
            <Trans>Ask for a sign-in code: it will appear here by itself.</Trans>
          </EmptyState>
        ) : null}
        <ul aria-busy={messages.isPending}>
          {list.map((message) => {
            const shown = message.id === open;
            return (
              <li key={message.id} className={classes.mail} data-testid="dev-message">
                <UnstyledButton className={classes.mailHead} aria-expanded={shown} onClick={() => setChosen(shown ? '' : message.id)}>
                  <span>
                    <span className={classes.mailSubject}>{message.subject || message.text.slice(0, 60)}</span>
                    <br />
                    <span className={classes.hint}>
                      {names[message.channel]} · {message.recipient}
                    </span>
                  </span>
                  <time className={classes.hint} dateTime={message.at}>
                    {format.time(message.at)}
                  </time>
                </UnstyledButton>
                {shown ? (
                  <div className={classes.mailBody}>
                    {message.code ? (
                      <p className={classes.mailCode}>
                        <span data-testid="dev-code">{message.code}</span>
                        <CopyButton text={message.code} />
                      </p>
                    ) : null}
                    {message.sender ? (
                      <p className={classes.hint}>
                        <Trans>From: {message.sender}</Trans>
                      </p>
                    ) : null}
                    {message.hasHtml ? (
                      <iframe className={classes.preview} sandbox="" src={`/dev/messages/${message.id}/preview`} title={t`Preview of “${message.subject}”`} />
                    ) : null}
                    <details open={!message.hasHtml}>
                      <summary className={classes.back}>
                        <Trans>Plain text</Trans>
                      </summary>
                      <p className={classes.plain}>{message.text}</p>
                    </details>
                  </div>
                ) : null}
              </li>
            );
          })}
        </ul>
      </main>
    </IdFrame>
  );
}
