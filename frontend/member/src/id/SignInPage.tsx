import { useRef } from 'react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { describeError } from '@ui/graphql/errors';
import { adoptLanguage } from '@ui/i18n/language';
import { postJson, refreshSession } from '@ui/session/session';
import { IdFrame } from './IdFrame';
import { requestedNext, safeNext } from './next';
import classes from './Id.module.css';

interface SignedIn {
  ok: true;
  next?: string;
}

export function SignInPage() {
  const { t } = useLingui();
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  usePageTitle(t`Sign in`);
  const signIn = useMutation({
    mutationFn: async (credentials: { email: string; password: string }) => {
      // A page that stood open for long holds a token that has expired.
      await refreshSession();
      const signedIn = await postJson<SignedIn>('/auth/password', { ...credentials, next: requestedNext() });
      // The way from here may lead straight to a program: that one must know the language already.
      await adoptLanguage();
      return signedIn;
    },
    onSuccess: ({ next }) => window.location.assign(safeNext(next ?? requestedNext())),
    onError: () => password.current?.select(),
  });
  const busy = signIn.isPending || signIn.isSuccess;
  const errorId = signIn.isError ? 'sign-in-error' : undefined;

  return (
    <IdFrame>
      <main className={classes.signIn}>
        <h1 className={classes.title}>
          <Trans>Sign in</Trans>
        </h1>
        <p className={classes.lead}>
          <Trans>One e-mail and one password for all your programs.</Trans>
        </p>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) signIn.mutate({ email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' });
          }}
        >
          <TextInput
            ref={email}
            name="email"
            type="email"
            label={t`E-mail`}
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            aria-describedby={errorId}
          />
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
          <div role="alert">
            {signIn.isError ? (
              <p id="sign-in-error" className={classes.error}>
                {describeError(signIn.error)}
              </p>
            ) : null}
          </div>
          <Button type="submit" size="lg" fullWidth loading={busy}>
            <Trans>Sign in</Trans>
          </Button>
        </form>
      </main>
    </IdFrame>
  );
}
