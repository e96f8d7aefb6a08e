import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { UseMutationResult } from '@tanstack/react-query';
import { CodeField } from './CodeField';
import type { CodeAsked, Entered } from './signIn';
import classes from './Id.module.css';

const LENGTH = 6;

interface CodeStepProps {
  resend: UseMutationResult<CodeAsked, unknown, string>;
  confirm: (code: string) => Promise<Entered>;
  onEntered: (entered: Entered) => void;
  onResend: () => void;
  /** Another way to sign in, or another address. */
  other: { label: string; choose: () => void };
}

/** The code that came by mail. */
export function CodeStep({ resend, confirm, onEntered, onResend, other }: CodeStepProps) {
  const { t } = useLingui();
  const wait = useCountdown(resend.data?.resendAfter ?? 0, resend.submittedAt);
  return (
    <CodeField label={t`Code from the e-mail`} length={LENGTH} error={resend.error} send={confirm} onDone={onEntered} action={<Trans>Sign in</Trans>}>
      <div className={classes.pair}>
        <Button variant="subtle" px="xs" className={classes.quiet} disabled={wait > 0} loading={resend.isPending} onClick={onResend}>
          {wait > 0 ? <Trans>Send again in {wait} s</Trans> : <Trans>Send again</Trans>}
        </Button>
        <Button variant="subtle" px="xs" onClick={other.choose}>
          {other.label}
        </Button>
      </div>
      <p className={classes.hint}>
        <Trans>Nothing came? Look into spam, or check the address. The code works for 10 minutes.</Trans>
      </p>
    </CodeField>
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
