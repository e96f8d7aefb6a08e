import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { CopyButton } from '@ui/components/CopyButton';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { ClientForm, type ClientValues } from './ClientForm';
import { ChangeClientMutation, ClientsQuery, RegisterClientMutation, RemoveClientMutation, RenewClientSecretMutation } from './operations';
import classes from './Clients.module.css';

type Client = ResultOf<typeof ClientsQuery>['outsideClients'][number];

interface Secret {
  name: string;
  clientId: string;
  secret: string;
}

/** What is edited is a client's id, or this. */
const NEW = 'new';
const EMPTY: ClientValues = { name: '', kind: 'web', redirectUris: [], logoutUri: '' };

/** The wholesaler's own shops and apps that sign people in through the sign-on. */
export function ClientsPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [editing, setEditing] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ what: 'secret' | 'remove'; client: Client } | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  usePageTitle(t`Shops and apps`);
  const query = useQuery({ queryKey: ['clients'], queryFn: ({ signal }) => execute(ClientsQuery, {}, signal) });
  const renew = () => client.invalidateQueries({ queryKey: ['clients'] });
  const save = useMutation({
    mutationFn: async (values: ClientValues) => {
      if (editing === NEW) {
        const { registerClient } = await execute(RegisterClientMutation, { input: values });
        throwOperationErrors(registerClient?.errors);
        return registerClient;
      }
      const { name, redirectUris, logoutUri } = values;
      const { changeClient } = await execute(ChangeClientMutation, { input: { id: editing ?? '', name, redirectUris, logoutUri } });
      throwOperationErrors(changeClient?.errors);
      return null;
    },
    onSuccess: async (made) => {
      if (made?.client) setSecret({ name: made.client.name, clientId: made.client.id, secret: made.secret ?? '' });
      setEditing(null);
      await renew();
    },
  });
  const deed = useMutation({
    mutationFn: async ({ what, client: { id, name } }: NonNullable<typeof asking>) => {
      if (what === 'remove') {
        throwOperationErrors((await execute(RemoveClientMutation, { input: { id } })).removeClient?.errors);
        return null;
      }
      const { renewClientSecret } = await execute(RenewClientSecretMutation, { input: { id } });
      throwOperationErrors(renewClientSecret?.errors);
      return { name, clientId: id, secret: renewClientSecret?.secret ?? '' };
    },
    onSuccess: async (shown) => {
      setAsking(null);
      setSecret(shown);
      await renew();
    },
  });
  const edit = (id: string | null) => {
    save.reset();
    setEditing(id);
  };
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const rows = query.data.outsideClients;
  const form = (initial: ClientValues) => (
    <ClientForm
      initial={initial}
      fresh={editing === NEW}
      pending={save.isPending}
      error={save.error}
      onSave={(values) => save.mutate(values)}
      onCancel={() => edit(null)}
    />
  );
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Shops and apps</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Your own web shop or app can sign people in with the account that they have here (OpenID Connect). They are asked before it learns their name and e-mail.</Trans>
          </p>
        </div>
        <Only may="registerClient">
          {editing === NEW ? null : (
            <Button size="xs" onClick={() => edit(NEW)}>
              <Trans>Register a shop or app</Trans>
            </Button>
          )}
        </Only>
      </div>
      {secret ? <ShownSecret shown={secret} onKept={() => setSecret(null)} /> : null}
      {editing === NEW ? form(EMPTY) : null}
      {rows.length === 0 && editing !== NEW ? (
        <EmptyState icon="key" title={<Trans>Nothing is registered yet</Trans>}>
          <Trans>A shop that is registered here gets an id and a secret for its settings.</Trans>
        </EmptyState>
      ) : null}
      <ul>
        {rows.map((row) => (
          <li key={row.id} className={classes.row} data-testid="client-row">
            <div className={classes.rowHead}>
              <h2 className={classes.name}>{row.name}</h2>
            </div>
            {editing === row.id ? (
              form({ name: row.name, kind: row.kind, redirectUris: row.redirectUris, logoutUri: row.logoutUri })
            ) : (
              <>
                <Facts client={row} />
                <Only may="changeClient"><div className={classes.actions}>
                  <Button variant="default" size="xs" onClick={() => edit(row.id)} aria-label={t`Edit ${row.name}`}>
                    <Trans>Edit</Trans>
                  </Button>
                  {row.kind === 'web' ? (
                    <Button variant="default" size="xs" onClick={() => setAsking({ what: 'secret', client: row })} aria-label={t`New secret for ${row.name}`}>
                      <Trans>New secret</Trans>
                    </Button>
                  ) : null}
                  <Button variant="default" size="xs" onClick={() => setAsking({ what: 'remove', client: row })} aria-label={t`Remove ${row.name}`}>
                    <Trans>Remove</Trans>
                  </Button>
                </div></Only>
              </>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asking !== null}
        title={asking?.what === 'secret' ? <Trans>Make a new secret?</Trans> : <Trans>Remove this shop or app?</Trans>}
        confirmLabel={asking?.what === 'secret' ? <Trans>Make a new secret</Trans> : <Trans>Remove</Trans>}
        danger={asking?.what === 'remove'}
        pending={deed.isPending}
        error={deed.isError ? describeError(deed.error) : null}
        onConfirm={() => asking && deed.mutate(asking)}
        onClose={() => setAsking(null)}
      >
        {asking?.what === 'secret' ? (
          <Trans>The secret that “{asking.client.name}” has now stops working at once: nobody signs in there until it has the new one.</Trans>
        ) : null}
        {asking?.what === 'remove' ? <Trans>Nobody can sign in through “{asking.client.name}” any more, and what it has been given ends.</Trans> : null}
      </ConfirmDialog>
    </>
  );
}

function Facts({ client }: { client: Client }) {
  const { t } = useLingui();
  const format = useFormat();
  const facts = [
    [t`Kind`, client.kind === 'web' ? t`Shop on a server, which keeps a secret` : t`App on phones or computers, without a secret`],
    [t`Client id`, client.id],
    [t`Issuer`, client.issuer],
    [t`Comes back to`, client.redirectUris.join(', ')],
    [t`Hears of signing out`, client.logoutUri || t`no`],
    [t`Registered`, format.dateTime(client.createdAt)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ShownSecret({ shown, onKept }: { shown: Secret; onKept: () => void }) {
  const { t } = useLingui();
  return (
    <section className={classes.secret} aria-labelledby="shown-secret">
      <h2 id="shown-secret" className={page.subtitle}>
        {shown.secret ? <Trans>The secret of {shown.name}</Trans> : <Trans>{shown.name} is registered</Trans>}
      </h2>
      <div>
        <Trans>Client id</Trans>: <span className={classes.value}>{shown.clientId}</span>
      </div>
      {shown.secret ? (
        <>
          <div className={classes.value} data-testid="client-secret">
            {shown.secret}
          </div>
          <p>
            <Trans>Put it into the shop’s settings now: it is shown this one time.</Trans>
          </p>
        </>
      ) : (
        <p>
          <Trans>An app keeps no secret: it proves itself anew at each sign-in (PKCE).</Trans>
        </p>
      )}
      <div className={classes.actions}>
        <CopyButton text={shown.secret || shown.clientId} label={shown.secret ? t`Copy the secret` : t`Copy the id`} />
        <Button variant="subtle" size="xs" onClick={onKept}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </section>
  );
}
