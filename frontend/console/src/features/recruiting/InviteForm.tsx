import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { FormField } from '@console/app/FormField';
import { FormRefusal } from '@console/app/FormRefusal';
import page from '@console/app/page.module.css';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { InviteToProgramMutation } from './operations';
import classes from './Recruiting.module.css';

const EMPTY = { email: '', name: '', nip: '', firmName: '', decisionMaker: '' };

/** Asks who stands for a firm to join the program. */
export function InviteForm() {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  const invite = useMutation({
    mutationFn: async () => {
      const { inviteToProgram } = await execute(InviteToProgramMutation, { input: values });
      throwOperationErrors(inviteToProgram?.errors);
      return inviteToProgram?.invitation ?? null;
    },
    onSuccess: async () => {
      setValues(EMPTY);
      await client.invalidateQueries({ queryKey: ['recruiting'] });
    },
  });
  const refused = invite.isError ? toAppError(invite.error) : null;
  const field = (name: keyof typeof values, label: string, description?: string) => (
    <FormField
      kind={name === 'email' ? 'email' : name === 'nip' ? 'digits' : 'text'}
      label={label}
      description={description}
      value={values[name]}
      onChange={(value) => {
        invite.reset();
        setValues((before) => ({ ...before, [name]: value }));
      }}
      error={refused?.field === name ? describeError(refused) : null}
    />
  );
  const sent = invite.data;
  return (
    <section>
      <h2 className={page.subtitle}>
        <Trans>Invite a firm</Trans>
      </h2>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!invite.isPending) invite.mutate();
        }}
      >
        {field('firmName', t`Name of the firm`)}
        {field('nip', t`Tax number of the firm (NIP)`)}
        {field('name', t`First and last name`)}
        {field('email', t`E-mail`)}
        {field('decisionMaker', t`Who decides there what is bought`, t`Leave empty if it is the invited person`)}
        <div className={classes.actions}>
          <Button type="submit" size="xs" loading={invite.isPending}>
            <Trans>Invite</Trans>
          </Button>
          <FormRefusal refused={refused} values={values} />
          <span role="status">{sent ? t`Sent to ${sent.email}. The invitation waits until ${format.date(sent.expiresAt)}.` : null}</span>
        </div>
      </form>
    </section>
  );
}
