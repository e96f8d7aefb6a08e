import { useId, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import '@mantine/core/styles/Input.layer.css';
import { SentCode } from '@ui/components/SentCode';
import { describeError } from '@ui/graphql/errors';
import { askToClaim, confirmClaim } from './joining';
import classes from './Joining.module.css';

/** Points that were collected under a number or an address: who can read a code there has them. */
export function Claim({ onClaimed }: { onClaimed: () => void }) {
  const { t } = useLingui();
  const errorId = useId();
  const [contact, setContact] = useState('');
  const [asked, setAsked] = useState('');
  const ask = useMutation({ mutationFn: askToClaim, onSuccess: (_, sentTo) => setAsked(sentTo) });
  if (asked) {
    return (
      <div className={classes.sent}>
        <p role="status">
          <Trans>
            If there is an account with <strong>{asked}</strong>, the code is there in a moment.
          </Trans>
        </p>
        <SentCode
          label={t`Code from the message`}
          errorId={errorId}
          resend={ask}
          confirm={confirmClaim}
          onDone={onClaimed}
          onResend={() => ask.mutate(asked)}
          other={{
            label: t`Change the number or address`,
            choose: () => {
              ask.reset();
              setAsked('');
            },
          }}
          action={<Trans>Confirm</Trans>}
          hint={<Trans>Nothing came? Check the number or address. The code works for 10 minutes.</Trans>}
        />
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate(contact.trim());
      }}
    >
      <TextInput
        name="contact"
        label={t`Phone or e-mail that you gave at the counter`}
        description={t`We will send a code there.`}
        value={contact}
        onChange={(event) => {
          setContact(event.currentTarget.value);
          ask.reset();
        }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="email"
        required
        withAsterisk={false}
        error={ask.isError ? describeError(ask.error) : undefined}
      />
      <Button type="submit" size="lg" fullWidth loading={ask.isPending}>
        <Trans>Send the code</Trans>
      </Button>
    </form>
  );
}
