import { useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useSurroundings } from '@ui/session/SessionContext';
import { CodeStep } from './CodeStep';
import { FactorStep } from './FactorStep';
import { IdFrame } from './IdFrame';
import { securityQuery, type Security } from './security';
import { ERROR_ID, SignInError } from './SignInError';
import { askToProve, go, proveByCode, proveByPassword, type Ways } from './signIn';
import classes from './Id.module.css';

type Way = 'factor' | 'password' | 'code';

function waysOf(security: Security): Ways {
  return { code: security.app !== null || security.recoveryCodes > 0, passkey: security.passkeys.length > 0 };
}

/** Who is signed in proves it anew: by a second factor only (`factor`), or in any way that there is. */
export function ProvePage({ factor }: { factor: boolean }) {
  const { t } = useLingui();
  const { session } = useSurroundings();
  const security = useQuery({ ...securityQuery, staleTime: Infinity });
  const title = factor ? t`Second factor` : t`Confirm that it is you`;
  usePageTitle(title);
  if (security.isError) return <IdFrame><ErrorState page error={security.error} onRetry={() => void security.refetch()} /></IdFrame>;
  if (!security.data) return <IdFrame><PagePending /></IdFrame>;
  return (
    <IdFrame>
      <main className={classes.signIn}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.lead}>
          {factor ? (
            <Trans>This page is open only after a second factor.</Trans>
          ) : (
            <Trans>You are signed in as {session.person?.email}. Before this step we make sure that it is still you.</Trans>
          )}
        </p>
        {factor ? <FactorStep ways={waysOf(security.data)} onEntered={go} /> : <AnyWay security={security.data} />}
      </main>
    </IdFrame>
  );
}

function AnyWay({ security }: { security: Security }) {
  const { t } = useLingui();
  const ways = waysOf(security);
  const [way, setWay] = useState<Way>(ways.code || ways.passkey ? 'factor' : security.password ? 'password' : 'code');
  const ask = useMutation({ mutationFn: askToProve });
  const byCode = () => {
    setWay('code');
    ask.mutate();
  };
  if (way === 'factor') {
    return (
      <div className={classes.form}>
        <FactorStep ways={ways} onEntered={go} />
        <Button variant="subtle" onClick={byCode}>
          <Trans>Send a code instead</Trans>
        </Button>
      </div>
    );
  }
  if (way === 'password') return <Password onCode={byCode} />;
  if (!ask.isSuccess) {
    return (
      <div className={classes.form}>
        <SignInError error={ask.error} />
        <Button size="lg" fullWidth loading={ask.isPending} onClick={() => ask.mutate()}>
          <Trans>Send the code</Trans>
        </Button>
      </div>
    );
  }
  return (
    <CodeStep
      resend={ask}
      confirm={proveByCode}
      onEntered={go}
      onResend={() => ask.mutate()}
      other={{ label: security.password ? t`Use a password instead` : t`Back`, choose: () => setWay(security.password ? 'password' : 'code') }}
    />
  );
}

function Password({ onCode }: { onCode: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const prove = useMutation({ mutationFn: proveByPassword, onSuccess: go });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!prove.isPending) prove.mutate(typed);
      }}
    >
      <PasswordInput
        name="password"
        label={t`Password`}
        autoComplete="current-password"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        required
        withAsterisk={false}
        aria-describedby={prove.isError ? ERROR_ID : undefined}
        visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? 'eyeOff' : 'eye'} size={22} />}
        rightSectionWidth={48}
        classNames={{ visibilityToggle: classes.toggle }}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      />
      <SignInError error={prove.error} />
      <Button type="submit" size="lg" fullWidth loading={prove.isPending || prove.isSuccess}>
        <Trans>Continue</Trans>
      </Button>
      <Button variant="subtle" fullWidth onClick={onCode}>
        <Trans>Send a code instead</Trans>
      </Button>
    </form>
  );
}
