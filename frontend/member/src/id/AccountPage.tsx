import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { postJson } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import { IdFrame } from './IdFrame';
import { programsQuery, type Programs } from './programs';
import { getJson } from './requests';
import classes from './Id.module.css';

interface SessionRow {
  id: string;
  host: string;
  kind: 'sso' | 'network' | 'wholesaler';
  browser: string;
  system: string;
  startedAt: string;
  lastSeenAt: string;
  present: boolean;
}

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => getJson<{ sessions: SessionRow[] }>('/api/sessions', signal).then((answer) => answer.sessions),
});

/** What people call the host: the program's or the network's name. */
function placeOf(row: SessionRow, programs: Programs | undefined): string {
  const places = [...(programs?.programs ?? []), ...(programs?.networks ?? [])];
  return places.find((place) => new URL(place.url).hostname === row.host)?.name ?? row.host;
}

export function AccountPage() {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const { session } = useSurroundings();
  const sessions = useQuery(sessionsQuery);
  const programs = useQuery(programsQuery);
  const [asking, setAsking] = useState<SessionRow | null>(null);
  usePageTitle(t`Sessions and devices`);
  const revoke = useMutation({
    mutationFn: (row: SessionRow) => postJson('/api/sessions/revoke', { id: row.id }),
    onSuccess: async () => {
      setAsking(null);
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const device = (row: SessionRow) => [row.browser, row.system].filter((part) => part && part !== 'Other').join(', ') || t`Unknown device`;
  const place = (row: SessionRow) => (row.kind === 'sso' ? t`My programs` : placeOf(row, programs.data));

  return (
    <IdFrame>
      <main className={classes.programs}>
        <a href="/" className={classes.back}>
          <Icon name="back" size={20} />
          <Trans>My programs</Trans>
        </a>
        <h1 className={classes.title}>
          <Trans>Sessions and devices</Trans>
        </h1>
        <p className={classes.lead}>
          <Trans>
            Where {session.person?.email} is signed in. Each program has a session of its own; you can end any of them.
          </Trans>
        </p>
        {sessions.isError && !sessions.data ? <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
        <ul className={classes.rows} aria-busy={sessions.isPending}>
          {sessions.isPending ? [0, 1, 2].map((index) => <li key={index}><Skeleton height={56} my={8} /></li>) : null}
          {sessions.data?.map((row) => (
            <li key={row.id} className={classes.sessionRow} data-testid="session-row">
              <div>
                <div className={classes.sessionName}>
                  {device(row)}
                  {row.present ? (
                    <span className={classes.here}>
                      <Trans>This device, here</Trans>
                    </span>
                  ) : null}
                </div>
                <div className={classes.hint}>
                  {place(row)} · <Trans>last used {format.dateTime(row.lastSeenAt)}</Trans>
                </div>
              </div>
              {row.present ? null : (
                <Button variant="default" onClick={() => setAsking(row)} aria-label={t`End: ${device(row)}, ${place(row)}`}>
                  <Trans>End</Trans>
                </Button>
              )}
            </li>
          ))}
        </ul>
      </main>
      <ConfirmDialog
        opened={asking !== null}
        title={<Trans>End this session?</Trans>}
        confirmLabel={<Trans>End the session</Trans>}
        danger
        pending={revoke.isPending}
        error={revoke.isError ? describeError(revoke.error) : null}
        onConfirm={() => asking && revoke.mutate(asking)}
        onClose={() => setAsking(null)}
      >
        {asking ? (
          <Trans>
            {device(asking)} will be signed out at: {place(asking)}. While it is still signed in at “My programs”, it can come back with one tap; end that session
            too if the device is lost.
          </Trans>
        ) : null}
      </ConfirmDialog>
    </IdFrame>
  );
}
