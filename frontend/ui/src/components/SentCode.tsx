import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { CodeField } from './CodeField';
import { useCountdown } from './useCountdown';
import classes from './CodeField.module.css';

const LENGTH = 6;

interface SentCodeProps<Result> {
  label: string;
  errorId: string;
  /** The asking, a mutation: how long to wait with the next one, and why the last one failed. */
  resend: { data: { resendAfter: number } | undefined; submittedAt: number; error: unknown; isPending: boolean };
  confirm: (code: string) => Promise<Result>;
  onDone: (result: Result) => void;
  onResend: () => void;
  /** Another way, or another address. */
  other: { label: string; choose: () => void };
  action: ReactNode;
  /** What to do when nothing came. */
  hint: ReactNode;
}

/** The code that was sent in a message, and another one when it did not come. */
export function SentCode<Result>({ label, errorId, resend, confirm, onDone, onResend, other, action, hint }: SentCodeProps<Result>) {
  const wait = useCountdown(resend.data?.resendAfter ?? 0, resend.submittedAt);
  return (
    <CodeField label={label} length={LENGTH} error={resend.error} errorId={errorId} send={confirm} onDone={onDone} action={action}>
      <div className={classes.pair}>
        <Button variant="subtle" px="xs" className={classes.quiet} disabled={wait > 0} loading={resend.isPending} onClick={onResend}>
          {wait > 0 ? <Trans>Send again in {wait} s</Trans> : <Trans>Send again</Trans>}
        </Button>
        <Button variant="subtle" px="xs" onClick={other.choose}>
          {other.label}
        </Button>
      </div>
      <p className={classes.hint}>{hint}</p>
    </CodeField>
  );
}
