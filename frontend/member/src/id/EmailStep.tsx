import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import type { UseMutationResult } from '@tanstack/react-query';
import { EmailField } from './EmailField';
import { ERROR_ID, SignInError } from './SignInError';
import type { CodeAsked } from './signIn';
import classes from './Id.module.css';

interface EmailStepProps {
  email: string;
  ask: UseMutationResult<CodeAsked, unknown, string>;
  onEmail: (email: string) => void;
  onPassword: () => void;
}

export function EmailStep({ email, ask, onEmail, onPassword }: EmailStepProps) {
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate(email.trim());
      }}
    >
      <EmailField value={email} onChange={onEmail} describedBy={ask.isError ? ERROR_ID : undefined} />
      <SignInError error={ask.error} />
      <Button type="submit" size="lg" fullWidth loading={ask.isPending}>
        <Trans>Send the code</Trans>
      </Button>
      <p className={classes.hint}>
        <Trans>New here? The code opens your account.</Trans>
      </p>
      <Button variant="subtle" fullWidth onClick={onPassword}>
        <Trans>Use a password instead</Trans>
      </Button>
    </form>
  );
}
