import { useEffect, useRef, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { ERROR_ID, SignInError } from './SignInError';
import { signInByCode, type CodeAsked } from './signIn';
import classes from './Id.module.css';

const LENGTH = 6;

interface CodeStepProps {
  resendAfter: number;
  resend: UseMutationResult<CodeAsked, unknown, string>;
  onResend: () => void;
  onOther: () => void;
}

/** Six digits, sent by themselves; the phone offers the code from the mail. */
export function CodeStep({ resendAfter, resend, onResend, onOther }: CodeStepProps) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const wait = useCountdown(resendAfter, resend.submittedAt);
  const confirm = useMutation({
    mutationFn: signInByCode,
    onSuccess: (next) => window.location.assign(next),
    onError: () => {
      setCode('');
      field.current?.focus();
    },
  });
  const busy = confirm.isPending || confirm.isSuccess;
  useEffect(() => field.current?.focus(), []);

  const take = (text: string) => {
    const digits = text.replaceAll(/\D/g, '').slice(0, LENGTH);
    setCode(digits);
    if (digits.length === LENGTH && !busy) confirm.mutate(digits);
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && code.length === LENGTH) confirm.mutate(code);
      }}
    >
      <TextInput
        ref={field}
        name="code"
        label={t`Code from the e-mail`}
        value={code}
        onChange={(event) => take(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        required
        withAsterisk={false}
        readOnly={busy}
        classNames={{ input: classes.code }}
        aria-describedby={confirm.isError ? ERROR_ID : undefined}
      />
      <SignInError error={confirm.error ?? resend.error} />
      <Button type="submit" size="lg" fullWidth loading={busy}>
        <Trans>Sign in</Trans>
      </Button>
      <div className={classes.pair}>
        <Button variant="subtle" px="xs" className={classes.quiet} disabled={wait > 0} loading={resend.isPending} onClick={onResend}>
          {wait > 0 ? <Trans>Send again in {wait} s</Trans> : <Trans>Send again</Trans>}
        </Button>
        <Button variant="subtle" px="xs" onClick={onOther}>
          <Trans>Change the e-mail</Trans>
        </Button>
      </div>
      <p className={classes.hint}>
        <Trans>Nothing came? Look into spam, or check the address. The code works for 10 minutes.</Trans>
      </p>
    </form>
  );
}

const TICK_MS = 500;

/** Whole seconds that are left since a moment; 0 in the end. */
function useCountdown(seconds: number, since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((since + seconds * 1000 - Math.max(now, since)) / 1000));
}
