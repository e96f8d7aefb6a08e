import { useState, type ReactNode } from 'react';
import { Button, PasswordInput, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { refreshSession } from '@ui/session/session';
import { AllowedClients } from './AllowedClients';
import { AppSetup } from './AppSetup';
import { IdFrame } from './IdFrame';
import { RecoveryCodes } from './RecoveryCodes';
import { addPasskey, change, proveFirst, securityQuery, type Changed, type Passkey, type Security } from './security';
import { SignInError } from './SignInError';
import classes from './Id.module.css';

type Doing = 'password' | 'app' | null;
type Asking = { what: 'app' } | { what: 'codes' } | { what: 'passkey'; passkey: Passkey } | null;

/** Everything by which one signs in. A session that has stood for long proves itself first. */
export function SecurityPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const security = useQuery(securityQuery);
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const [said, setSaid] = useState('');
  usePageTitle(t`Sign-in and security`);
  const renew = async (changed: Partial<Changed>, sentence: string) => {
    setDoing(null);
    setCodes(changed.recoveryCodes ?? []);
    setSaid(sentence);
    await client.invalidateQueries({ queryKey: securityQuery.queryKey });
  };
  return (
    <IdFrame>
      <main className={classes.programs}>
        <a href="/" className={classes.back}>
          <Icon name="back" size={20} />
          <Trans>My programs</Trans>
        </a>
        <h1 className={classes.title}>
          <Trans>Sign-in and security</Trans>
        </h1>
        <p className={classes.lead}>
          <Trans>One account for all your programs. We mail you about every change made here.</Trans>
        </p>
        <p role="status">{said}</p>
        {security.isError && !security.data ? <ErrorState error={security.error} onRetry={() => void security.refetch()} /> : null}
        <div aria-busy={security.isPending}>
          {security.isPending ? <Skeleton height={240} /> : null}
          {codes.length > 0 ? <RecoveryCodes codes={codes} onKept={() => setCodes([])} /> : null}
          {security.data && codes.length === 0 ? <Ways security={security.data} doing={doing} onDoing={setDoing} onChanged={renew} /> : null}
        </div>
        <AllowedClients />
        <a href="/account" className={classes.back}>
          <Trans>Sessions and devices</Trans>
          <Icon name="chevron" size={20} />
        </a>
      </main>
    </IdFrame>
  );
}

interface WaysProps {
  security: Security;
  doing: Doing;
  onDoing: (doing: Doing) => void;
  onChanged: (changed: Partial<Changed>, sentence: string) => Promise<void>;
}

function Ways({ security, doing, onDoing, onChanged }: WaysProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [asking, setAsking] = useState<Asking>(null);
  const hasFactor = security.app !== null || security.passkeys.length > 0;
  // what is begun with an old session would only be lost on the way
  const first = (go: () => void) => () => {
    if (!security.fresh) proveFirst('again');
    else if (hasFactor && !security.twoFactors) proveFirst('second-factor');
    else go();
  };
  const passkey = useMutation({
    mutationFn: () => addPasskey(t`Passkey of ${format.date(new Date().toISOString())}`),
    onSuccess: (changed) => onChanged(changed, t`The passkey was added.`),
  });
  const takeOff = useMutation({
    mutationFn: (what: NonNullable<Asking>) => {
      if (what.what === 'app') return change<Partial<Changed>>('app/remove');
      if (what.what === 'codes') return change<Partial<Changed>>('recovery-codes');
      return change<Partial<Changed>>('passkeys/remove', { id: what.passkey.id });
    },
    onSuccess: async (changed, what) => {
      setAsking(null);
      const sentences = { app: t`The app was removed.`, codes: t`There are new recovery codes.`, passkey: t`The passkey was removed.` };
      await onChanged(changed, sentences[what.what]);
    },
  });
  return (
    <>
      <section className={classes.panel} aria-labelledby="ways-first">
        <h2 id="ways-first" className={classes.heading}>
          <Trans>Passkeys</Trans>
        </h2>
        <p className={classes.hint}>
          <Trans>Sign in with fingerprint, face or PIN of your device: no password, no code.</Trans>
        </p>
        <ul>
          {security.passkeys.map((row) => (
            <li key={row.id} className={classes.panelRow} data-testid="passkey-row">
              <div className={classes.panelText}>
                <div className={classes.sessionName}>{row.name}</div>
                <div className={classes.hint}>
                  {row.usedAt ? <Trans>last used {format.dateTime(row.usedAt)}</Trans> : <Trans>added {format.dateTime(row.madeAt)}</Trans>}
                </div>
              </div>
              <Button variant="default" aria-label={t`Remove: ${row.name}`} onClick={first(() => setAsking({ what: 'passkey', passkey: row }))}>
                <Trans>Remove</Trans>
              </Button>
            </li>
          ))}
        </ul>
        <div className={classes.panelActions}>
          {browserSupportsWebAuthn() ? (
            <Button variant="default" leftSection={<Icon name="key" size={20} />} loading={passkey.isPending} onClick={first(() => passkey.mutate())}>
              <Trans>Add a passkey</Trans>
            </Button>
          ) : (
            <p className={classes.hint}>
              <Trans>This browser knows no passkeys.</Trans>
            </p>
          )}
        </div>
        {passkey.isError ? <SignInError error={passkey.error} /> : null}
      </section>
      <section className={classes.panel} aria-labelledby="ways-second">
        <h2 id="ways-second" className={classes.heading}>
          <Trans>Second factor</Trans>
        </h2>
        <Row
          name={<Trans>Authenticator app</Trans>}
          state={security.app ? <Trans>on since {format.dateTime(security.app)}</Trans> : <Trans>off</Trans>}
          action={
            security.app ? (
              <Button variant="default" onClick={first(() => setAsking({ what: 'app' }))}>
                <Trans>Remove the app</Trans>
              </Button>
            ) : doing === 'app' ? null : (
              <Button variant="default" onClick={first(() => onDoing('app'))}>
                <Trans>Turn on the app</Trans>
              </Button>
            )
          }
        />
        {doing === 'app' ? <AppSetup onDone={(changed) => void onChanged(changed, t`The second factor is on.`)} /> : null}
        {hasFactor ? (
          <Row
            name={<Trans>Recovery codes</Trans>}
            state={<Trans>left: {security.recoveryCodes}</Trans>}
            action={
              <Button variant="default" onClick={first(() => setAsking({ what: 'codes' }))}>
                <Trans>Make new codes</Trans>
              </Button>
            }
          />
        ) : null}
      </section>
      <section className={classes.panel} aria-labelledby="ways-password">
        <h2 id="ways-password" className={classes.heading}>
          <Trans>Password</Trans>
        </h2>
        <Row
          name={security.password ? <Trans>You have a password</Trans> : <Trans>You have no password</Trans>}
          state={<Trans>A code by mail always works, with or without a password.</Trans>}
          action={
            doing === 'password' ? null : (
              <Button variant="default" onClick={first(() => onDoing('password'))}>
                {security.password ? <Trans>Change the password</Trans> : <Trans>Set a password</Trans>}
              </Button>
            )
          }
        />
        {doing === 'password' ? (
          <PasswordForm onCancel={() => onDoing(null)} onDone={() => void onChanged({}, t`The new password is set. Other devices were signed out.`)} />
        ) : null}
      </section>
      <ConfirmDialog
        opened={asking !== null}
        title={
          asking?.what === 'app' ? (
            <Trans>Remove the app?</Trans>
          ) : asking?.what === 'codes' ? (
            <Trans>Make new recovery codes?</Trans>
          ) : (
            <Trans>Remove this passkey?</Trans>
          )
        }
        confirmLabel={asking?.what === 'codes' ? <Trans>Make new codes</Trans> : <Trans>Remove</Trans>}
        danger={asking?.what !== 'codes'}
        pending={takeOff.isPending}
        error={takeOff.isError ? describeError(takeOff.error) : null}
        onConfirm={() => asking && takeOff.mutate(asking)}
        onClose={() => setAsking(null)}
      >
        {asking?.what === 'app' ? <Trans>Your account will no longer ask for codes of the app.</Trans> : null}
        {asking?.what === 'codes' ? <Trans>The codes that you have now stop working at once.</Trans> : null}
        {asking?.what === 'passkey' ? <Trans>“{asking.passkey.name}” will no longer sign you in. Delete it in your device too.</Trans> : null}
      </ConfirmDialog>
    </>
  );
}

function Row({ name, state, action }: { name: ReactNode; state: ReactNode; action: ReactNode }) {
  return (
    <div className={classes.panelRow}>
      <div className={classes.panelText}>
        <div className={classes.sessionName}>{name}</div>
        <div className={classes.hint}>{state}</div>
      </div>
      {action}
    </div>
  );
}

function PasswordForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const set = useMutation({
    mutationFn: async () => {
      await change('password', { password: typed });
      // the session goes on under a new key and with a new token
      await refreshSession();
    },
    onSuccess: onDone,
  });
  return (
    <form
      className={classes.setup}
      onSubmit={(event) => {
        event.preventDefault();
        if (!set.isPending) set.mutate();
      }}
    >
      <PasswordInput
        name="new-password"
        label={t`New password`}
        description={t`At least 10 characters; any characters, spaces too.`}
        autoComplete="new-password"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        required
        withAsterisk={false}
        error={set.isError ? describeError(set.error) : null}
        visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? 'eyeOff' : 'eye'} size={22} />}
        rightSectionWidth={48}
        classNames={{ visibilityToggle: classes.toggle }}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      />
      <div className={classes.pair}>
        <Button variant="default" onClick={onCancel} disabled={set.isPending}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={set.isPending}>
          <Trans>Set the password</Trans>
        </Button>
      </div>
    </form>
  );
}
