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
import { FactorStep } from './FactorStep';
import { IdFrame } from './IdFrame';
import { requestedNext } from './next';
import { PasskeyButton } from './PasskeyButton';
import { PasswordStep } from './PasswordStep';
import { faceQuery } from './programs';
import { askForCode, go, signInByCode, type Entered, type Ways } from './signIn';
import classes from './Id.module.css';

type Step = 'email' | 'code' | 'password' | 'factor';

/** E-mail, then the code that came there; a password or a passkey for who has one; then the second factor, if there is one. */
export function SignInPage() {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>('email');
  const [email, setEmail] = useState('');
  const [ways, setWays] = useState<Ways>({ code: false, passkey: false });
  const face = useQuery(faceQuery(requestedNext())).data?.face;
  usePageTitle(t`Sign in`);
  const ask = useMutation({ mutationFn: askForCode, onSuccess: () => setStep('code') });
  const entered = (result: Entered) => {
    if ('secondFactor' in result) {
      setWays(result.secondFactor);
      setStep('factor');
    } else go(result);
  };

  const titles: Record<Step, string> = {
    email: t`Sign in`,
    password: t`Sign in`,
    code: t`Enter the code`,
    factor: t`Second factor`,
  };
  return (
    <IdFrame>
      <main className={classes.signIn}>
        {/* its place is kept while it is asked for */}
        <div className={classes.program} data-testid="sign-in-program">
          {face ? <BrandMark brand={face} size={40} /> : null}
        </div>
        <h1 className={classes.title}>{titles[step]}</h1>
        <p className={classes.lead}>
          {step === 'email' ? <Trans>We will send you a code. No password needed, one e-mail for all your programs.</Trans> : null}
          {step === 'password' ? <Trans>One e-mail and one password for all your programs.</Trans> : null}
          {step === 'factor' ? <Trans>Your account is protected by a second factor.</Trans> : null}
          {step === 'code' ? (
            <Trans>
              A six-digit code is on its way to <strong>{email}</strong>.
            </Trans>
          ) : null}
        </p>
        {step === 'email' ? (
          <>
            <EmailStep
              email={email}
              ask={ask}
              onEmail={(value) => {
                setEmail(value);
                ask.reset();
              }}
              onPassword={() => setStep('password')}
            />
            <div className={classes.or}>
              <PasskeyButton onEntered={entered} />
            </div>
          </>
        ) : null}
        {step === 'password' ? <PasswordStep email={email} onEmail={setEmail} onEntered={entered} onCode={() => setStep('email')} /> : null}
        {step === 'code' ? (
          <CodeStep
            resend={ask}
            confirm={signInByCode}
            onEntered={entered}
            onResend={() => ask.mutate(email)}
            other={{
              label: t`Change the e-mail`,
              choose: () => {
                ask.reset();
                setStep('email');
              },
            }}
          />
        ) : null}
        {step === 'factor' ? <FactorStep ways={ways} onEntered={entered} /> : null}
      </main>
    </IdFrame>
  );
}
