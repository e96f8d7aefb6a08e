import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { Icon } from '@ui/components/Icon';
import { SignInError } from './SignInError';
import { showPasskey, type Entered } from './signIn';

interface PasskeyButtonProps {
  onEntered: (entered: Entered) => void;
  /** The first thing to do here, not one among others. */
  primary?: boolean;
}

/** Fingerprint, face or PIN of this device. Not there where the browser knows no passkeys. */
export function PasskeyButton({ onEntered, primary = false }: PasskeyButtonProps) {
  const show = useMutation({ mutationFn: showPasskey, onSuccess: onEntered });
  if (!browserSupportsWebAuthn()) return null;
  return (
    <>
      <Button
        variant={primary ? 'filled' : 'default'}
        size="lg"
        fullWidth
        leftSection={<Icon name="key" size={20} />}
        loading={show.isPending || show.isSuccess}
        onClick={() => show.mutate()}
      >
        <Trans>Use a passkey</Trans>
      </Button>
      {show.isError ? <SignInError error={show.error} /> : null}
    </>
  );
}
