import { useRef } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Icon } from '@ui/components/Icon';
import { EmailField } from './EmailField';
import { ERROR_ID, SignInError } from './SignInError';
import { signInByPassword, type Entered } from './signIn';
import classes from './Id.module.css';

interface PasswordStepProps {
  email: string;
  onEmail: (email: string) => void;
  onEntered: (entered: Entered) => void;
  onCode: () => void;
}

export function PasswordStep({ email, onEmail, onEntered, onCode }: PasswordStepProps) {
  const { t } = useLingui();
  const password = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: signInByPassword,
    onSuccess: onEntered,
    onError: () => password.current?.select(),
  });
  const busy = signIn.isPending || signIn.isSuccess;
  const errorId = signIn.isError ? ERROR_ID : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) signIn.mutate({ email: email.trim(), password: password.current?.value ?? '' });
      }}
    >
      <EmailField value={email} onChange={onEmail} describedBy={errorId} />
      <PasswordInput
        ref={password}
        name="password"
        label={t`Password`}
        autoComplete="current-password"
        required
        withAsterisk={false}
        aria-describedby={errorId}
        visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? 'eyeOff' : 'eye'} size={22} />}
        rightSectionWidth={48}
        classNames={{ visibilityToggle: classes.toggle }}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      />
      <SignInError error={signIn.error} />
      <Button type="submit" size="lg" fullWidth loading={busy}>
        <Trans>Sign in</Trans>
      </Button>
      <Button variant="subtle" fullWidth onClick={onCode}>
        <Trans>Send a code instead</Trans>
      </Button>
    </form>
  );
}
