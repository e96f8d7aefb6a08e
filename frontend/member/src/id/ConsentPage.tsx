import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { postJson, refreshSession } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import { IdFrame } from './IdFrame';
import { requestedNext, safeNext } from './next';
import { getJson } from './requests';
import { SignInError } from './SignInError';
import classes from './Id.module.css';

interface Asked {
  client: { id: string; name: string; owner: string };
  scopes: string[];
}

/** A wholesaler's own shop asks to sign the person in: what it will read, yes or no. */
export function ConsentPage() {
  const { t } = useLingui();
  const { session } = useSurroundings();
  const next = safeNext(requestedNext());
  const asked = useQuery({ queryKey: ['consent', next], queryFn: ({ signal }) => getJson<Asked>(`/api/consent?next=${encodeURIComponent(next)}`, signal) });
  usePageTitle(t`Sign in at a shop`);
  const allow = useMutation({
    mutationFn: async () => {
      await refreshSession();
      return postJson<{ next: string }>('/api/consent/allow', { next });
    },
    // asked anew or not, it is answered now
    onSuccess: (answer) => window.location.assign(withoutPrompt(safeNext(answer.next))),
  });
  if (asked.isError) return <IdFrame><ErrorState page error={asked.error} onRetry={() => void asked.refetch()} /></IdFrame>;
  if (!asked.data) return <IdFrame><PagePending /></IdFrame>;
  const { client, scopes } = asked.data;
  return (
    <IdFrame>
      <main className={classes.signIn}>
        <h1 className={classes.title}>
          <Trans>Sign in at {client.name}?</Trans>
        </h1>
        <p className={classes.lead}>
          {client.owner ? <Trans>{client.name} belongs to {client.owner}.</Trans> : null}{' '}
          <Trans>You are signed in as {session.person?.email}.</Trans>
        </p>
        <h2 className={classes.heading}>
          <Trans>It will learn</Trans>
        </h2>
        <ul className={classes.grants}>
          <li>
            <Icon name="check" size={20} />
            <Trans>that it is you, each time you sign in there</Trans>
          </li>
          {scopes.includes('profile') ? (
            <li>
              <Icon name="check" size={20} />
              <Trans>your first and last name, and your language</Trans>
            </li>
          ) : null}
          {scopes.includes('email') ? (
            <li>
              <Icon name="check" size={20} />
              <Trans>your e-mail address</Trans>
            </li>
          ) : null}
        </ul>
        <p className={classes.hint}>
          <Trans>Not your points, not your purchases, and not what other programs you are in. You can take it back under “Sign-in and security”.</Trans>
        </p>
        <div className={classes.or}>
          <SignInError error={allow.error} />
          <Button size="lg" fullWidth loading={allow.isPending || allow.isSuccess} onClick={() => allow.mutate()}>
            <Trans>Sign in at {client.name}</Trans>
          </Button>
          <Button size="lg" fullWidth variant="default" component="a" href={`${next}&consent=denied`}>
            <Trans>No, go back</Trans>
          </Button>
        </div>
      </main>
    </IdFrame>
  );
}

function withoutPrompt(path: string): string {
  const url = new URL(path, window.location.origin);
  const prompts = (url.searchParams.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== 'consent' && prompt !== '');
  if (prompts.length > 0) url.searchParams.set('prompt', prompts.join(' '));
  else url.searchParams.delete('prompt');
  return url.pathname + url.search;
}
