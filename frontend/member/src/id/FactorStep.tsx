import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { CodeField } from '@ui/components/CodeField';
import { PasskeyButton } from './PasskeyButton';
import { ERROR_ID } from './SignInError';
import { showCode, type Entered, type Ways } from './signIn';
import classes from './Id.module.css';

const APP_DIGITS = 6;
const RECOVERY_DIGITS = 8;

interface FactorStepProps {
  ways: Ways;
  onEntered: (entered: Entered) => void;
}

/** The second factor: a passkey, the app's code, or one of the recovery codes. */
export function FactorStep({ ways, onEntered }: FactorStepProps) {
  const { t } = useLingui();
  const [recovering, setRecovering] = useState(false);
  return (
    <div className={classes.form}>
      {ways.passkey && !recovering ? <PasskeyButton primary onEntered={onEntered} /> : null}
      {ways.code ? (
        <CodeField
          label={recovering ? t`Recovery code` : t`Code from the app`}
          length={recovering ? RECOVERY_DIGITS : APP_DIGITS}
          errorId={ERROR_ID}
          send={showCode}
          onDone={onEntered}
          action={<Trans>Continue</Trans>}
        >
          <Button variant="subtle" onClick={() => setRecovering(!recovering)}>
            {recovering ? <Trans>Back to the app or passkey</Trans> : <Trans>I have no app or passkey with me</Trans>}
          </Button>
        </CodeField>
      ) : null}
      {recovering ? (
        <p className={classes.hint}>
          <Trans>One of the codes of eight digits that you kept when you turned the second factor on. Each works once.</Trans>
        </p>
      ) : null}
    </div>
  );
}
