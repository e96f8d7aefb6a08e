import { useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { FormRefusal } from '@console/app/FormRefusal';
import { describeError, toAppError } from '@ui/graphql/errors';
import classes from './Clients.module.css';

export interface ClientValues {
  name: string;
  kind: string;
  redirectUris: string[];
  logoutUri: string;
}

interface ClientFormProps {
  initial: ClientValues;
  /** The kind is chosen once. */
  fresh: boolean;
  pending: boolean;
  error: unknown;
  onSave: (values: ClientValues) => void;
  onCancel: () => void;
}

const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

export function ClientForm({ initial, fresh, pending, error, onSave, onCancel }: ClientFormProps) {
  const { t } = useLingui();
  const [values, setValues] = useState({ ...initial, redirectUris: initial.redirectUris.join('\n') });
  const refused = error ? toAppError(error) : null;
  const errorOf = (field: keyof ClientValues) => (refused?.field === field ? describeError(refused) : null);
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) onSave({ ...values, redirectUris: lines(values.redirectUris) });
      }}
    >
      <TextInput
        size="xs"
        label={t`Name of the shop or app`}
        description={t`People read it where they are asked to let it in`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        value={values.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={errorOf('name')}
        data-autofocus
      />
      {fresh ? (
        <NativeSelect
          size="xs"
          label={t`Kind`}
          data={[
            { value: 'web', label: t`Shop on a server, which keeps a secret` },
            { value: 'native', label: t`App on phones or computers, without a secret` },
          ]}
          value={values.kind}
          onChange={(event) => change({ kind: event.currentTarget.value })}
          error={errorOf('kind')}
        />
      ) : null}
      <Textarea
        size="xs"
        label={t`Addresses to come back to`}
        description={t`One a line, exactly as the shop sends them`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        autoComplete="off"
        spellCheck={false}
        value={values.redirectUris}
        onChange={(event) => change({ redirectUris: event.currentTarget.value })}
        error={errorOf('redirectUris')}
      />
      {values.kind === 'web' ? (
        <TextInput
          size="xs"
          label={t`Address that hears of signing out`}
          description={t`Back-channel logout; may stay empty`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          value={values.logoutUri}
          onChange={(event) => change({ logoutUri: event.currentTarget.value })}
          error={errorOf('logoutUri')}
        />
      ) : null}
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={pending}>
          {fresh ? <Trans>Register</Trans> : <Trans>Save</Trans>}
        </Button>
        <Button variant="default" size="xs" onClick={onCancel} disabled={pending}>
          <Trans>Cancel</Trans>
        </Button>
        <FormRefusal refused={refused} values={values} />
      </div>
    </form>
  );
}
