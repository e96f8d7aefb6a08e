import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { AppSetup } from './AppSetup';
import { IdFrame } from './IdFrame';
import { requestedNext, safeNext } from './next';
import { RecoveryCodes } from './RecoveryCodes';
import { addPasskey, type Changed } from './security';
import { SignInError } from './SignInError';
import classes from './Id.module.css';

/** Who works at a wholesaler or at headquarters comes here before the console, once. */
export function SecondFactorSetupPage() {
  const { t } = useLingui();
  const [app, setApp] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  usePageTitle(t`Second factor`);
  const goOn = () => window.location.assign(safeNext(requestedNext()));
  const done = ({ recoveryCodes }: Changed) => (recoveryCodes.length > 0 ? setCodes(recoveryCodes) : goOn());
  const passkey = useMutation({ mutationFn: () => addPasskey(t`Passkey`), onSuccess: done });
  return (
    <IdFrame>
      <main className={classes.signIn}>
        {codes ? (
          <>
            <h1 className={classes.title}>
              <Trans>Second factor is on</Trans>
            </h1>
            <RecoveryCodes codes={codes} onKept={goOn} />
          </>
        ) : (
          <>
            <h1 className={classes.title}>
              <Trans>Add a second factor</Trans>
            </h1>
            <p className={classes.lead}>
              <Trans>
                Whoever works at a wholesaler or at headquarters signs in with two things, so that a stolen password opens nothing. It takes a
                minute.
              </Trans>
            </p>
            {app ? (
              <AppSetup onDone={done} />
            ) : (
              <div className={classes.form}>
                {browserSupportsWebAuthn() ? (
                  <Button size="lg" fullWidth leftSection={<Icon name="key" size={20} />} loading={passkey.isPending} onClick={() => passkey.mutate()}>
                    <Trans>Fingerprint, face or PIN of this device</Trans>
                  </Button>
                ) : null}
                {passkey.isError ? <SignInError error={passkey.error} /> : null}
                <Button size="lg" fullWidth variant="default" onClick={() => setApp(true)}>
                  <Trans>Codes of an authenticator app</Trans>
                </Button>
              </div>
            )}
          </>
        )}
      </main>
    </IdFrame>
  );
}
