import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { postJson } from '@ui/session/session';
import { getJson } from './requests';
import classes from './Id.module.css';

interface AllowedClient {
  id: string;
  name: string;
  owner: string;
  scopes: string[];
  givenAt: string;
}

const clientsQuery = queryOptions({
  queryKey: ['allowed-clients'],
  queryFn: ({ signal }) => getJson<{ clients: AllowedClient[] }>('/api/clients', signal).then((answer) => answer.clients),
});

/** Shops and apps that the person has let in; nothing at all for who has let in none. */
export function AllowedClients() {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const clients = useQuery(clientsQuery);
  const [asking, setAsking] = useState<AllowedClient | null>(null);
  const withdraw = useMutation({
    mutationFn: (row: AllowedClient) => postJson('/api/clients/withdraw', { id: row.id }),
    onSuccess: async () => {
      setAsking(null);
      await client.invalidateQueries({ queryKey: clientsQuery.queryKey });
    },
  });
  if (!clients.data?.length) return null;
  return (
    <section className={classes.panel} aria-labelledby="allowed-clients">
      <h2 id="allowed-clients" className={classes.heading}>
        <Trans>Shops and apps that you sign in to from here</Trans>
      </h2>
      <ul>
        {clients.data.map((row) => (
          <li key={row.id} className={classes.panelRow} data-testid="allowed-client">
            <div className={classes.panelText}>
              <div className={classes.sessionName}>{row.name}</div>
              <div className={classes.hint}>
                {[row.owner, t`since ${format.dateTime(row.givenAt)}`].filter(Boolean).join(' · ')}
              </div>
            </div>
            <Button variant="default" aria-label={t`Take back: ${row.name}`} onClick={() => setAsking(row)}>
              <Trans>Take back</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asking !== null}
        title={<Trans>No longer let it in?</Trans>}
        confirmLabel={<Trans>Take back</Trans>}
        danger
        pending={withdraw.isPending}
        error={withdraw.isError ? describeError(withdraw.error) : null}
        onConfirm={() => asking && withdraw.mutate(asking)}
        onClose={() => setAsking(null)}
      >
        {asking ? <Trans>{asking.name} loses what it was given. At the next sign-in there it will ask you again.</Trans> : null}
      </ConfirmDialog>
    </section>
  );
}
