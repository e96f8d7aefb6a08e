import { Trans, useLingui } from '@lingui/react/macro';
import { SentCode } from '@ui/components/SentCode';
import { ERROR_ID } from './SignInError';
import type { Entered } from './signIn';

interface CodeStepProps {
  resend: Parameters<typeof SentCode>[0]['resend'];
  confirm: (code: string) => Promise<Entered>;
  onEntered: (entered: Entered) => void;
  onResend: () => void;
  /** Another way to sign in, or another address. */
  other: { label: string; choose: () => void };
}

/** The code that came by mail. */
export function CodeStep({ onEntered, ...given }: CodeStepProps) {
  const { t } = useLingui();
  return (
    <SentCode
      {...given}
      label={t`Code from the e-mail`}
      errorId={ERROR_ID}
      onDone={onEntered}
      action={<Trans>Sign in</Trans>}
      hint={<Trans>Nothing came? Look into spam, or check the address. The code works for 10 minutes.</Trans>}
    />
  );
}
