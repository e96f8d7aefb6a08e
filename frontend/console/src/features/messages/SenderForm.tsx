import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { SetMessageSenderMutation } from './operations';
import classes from './Messages.module.css';

interface Sender {
  name: string;
  address: string;
}

export function SenderForm({ saved, program }: { saved: Sender; program: string }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [values, setValues] = useState<Sender>({ name: saved.name, address: saved.address });
  const save = useMutation({
    mutationFn: async (input: Sender) => {
      const { setMessageSender } = await execute(SetMessageSenderMutation, { input });
      throwOperationErrors(setMessageSender?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['messages'] }),
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const field = (name: keyof Sender, label: string, placeholder: string, type: 'text' | 'email') => (
    <TextInput
      size="xs"
      type={type}
      autoComplete="off"
      label={label}
      placeholder={placeholder}
      value={values[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        save.reset();
        setValues((before) => ({ ...before, [name]: value }));
      }}
      error={refused?.field === name ? describeError(refused) : null}
    />
  );
  const same = values.name === saved.name && values.address === saved.address;
  return (
    <form
      noValidate
      className={classes.sender}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(values);
      }}
    >
      <p className={classes.hint}>
        {saved.address ? (
          <Trans>E-mails come from your address. Its domain must be allowed at the mail carrier, else they end as spam. Empty both fields to go back to the platform's.</Trans>
        ) : (
          <Trans>E-mails come from the platform's address under the name “{program}”. With an address of your own, its domain must be allowed at the mail carrier.</Trans>
        )}{' '}
        <Trans>Answers go to the support e-mail of the settings.</Trans>
      </p>
      <div className={classes.senderFields}>
        {field('name', t`Sender's name`, program, 'text')}
        {field('address', t`Sender's address`, 'program@hurtownia.pl', 'email')}
        <Button size="xs" type="submit" disabled={same} loading={save.isPending}>
          <Trans>Save the sender</Trans>
        </Button>
      </div>
      {refused && refused.field !== 'name' && refused.field !== 'address' ? (
        <p role="alert" className={classes.error}>
          {describeError(refused)}
        </p>
      ) : null}
    </form>
  );
}
