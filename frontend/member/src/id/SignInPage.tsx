import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { BrandMark } from '@ui/components/BrandMark';
import { usePageTitle } from '@ui/components/usePageTitle';
import { CodeStep } from './CodeStep';
import { EmailStep } from './EmailStep';
import { IdFrame } from './IdFrame';
import { requestedNext } from './next';
import { PasswordStep } from './PasswordStep';
import { faceQuery } from './programs';
import { askForCode } from './signIn';
import classes from './Id.module.css';

type Step = 'email' | 'code' | 'password';

/** E-mail, then the code that came there; a password for who has one. */
export function SignInPage() {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>('email');
  const [email, setEmail] = useState('');
  const face = useQuery(faceQuery(requestedNext())).data?.face;
  usePageTitle(t`Sign in`);
  const ask = useMutation({ mutationFn: askForCode, onSuccess: () => setStep('code') });

  return (
    <IdFrame>
      <main className={classes.signIn}>
        {/* its place is kept while it is asked for */}
        <div className={classes.program} data-testid="sign-in-program">
          {face ? <BrandMark brand={face} size={40} /> : null}
        </div>
        <h1 className={classes.title}>{step === 'code' ? <Trans>Enter the code</Trans> : <Trans>Sign in</Trans>}</h1>
        <p className={classes.lead}>
          {step === 'email' ? <Trans>We will send you a code. No password needed, one e-mail for all your programs.</Trans> : null}
          {step === 'password' ? <Trans>One e-mail and one password for all your programs.</Trans> : null}
          {step === 'code' ? (
            <Trans>
              If <strong>{email}</strong> has an account, a six-digit code is on its way there.
            </Trans>
          ) : null}
        </p>
        {step === 'email' ? (
          <EmailStep
            email={email}
            ask={ask}
            onEmail={(value) => {
              setEmail(value);
              ask.reset();
            }}
            onPassword={() => setStep('password')}
          />
        ) : null}
        {step === 'password' ? <PasswordStep email={email} onEmail={setEmail} onCode={() => setStep('email')} /> : null}
        {step === 'code' ? (
          <CodeStep
            resendAfter={ask.data?.resendAfter ?? 0}
            resend={ask}
            onResend={() => ask.mutate(email)}
            onOther={() => {
              ask.reset();
              setStep('email');
            }}
          />
        ) : null}
      </main>
    </IdFrame>
  );
}
