import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import '@mantine/core/styles/Input.layer.css';
import { execute, type ResultOf } from '@member/api';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { useLanguage } from '@ui/i18n/language';
import { UpdateProfileMutation, type ProfileQuery } from './operations';
import classes from './ProfileSheet.module.css';

type Me = ResultOf<typeof ProfileQuery>['me'];

export function ProfileForm({ me }: { me: Me }) {
  const { t } = useLingui();
  const format = useFormat();
  const language = useLanguage();
  const client = useQueryClient();
  const [firstName, setFirstName] = useState(me.firstName);
  const [lastName, setLastName] = useState(me.lastName);
  const [phone, setPhone] = useState(format.phone(me.phone));
  const save = useMutation({
    mutationFn: async () => {
      const { updateProfile } = await execute(UpdateProfileMutation, { input: { firstName, lastName, phone, language } });
      throwOperationErrors(updateProfile?.errors);
      return updateProfile?.me;
    },
    onSuccess: async (saved) => {
      if (saved) {
        setFirstName(saved.firstName);
        setLastName(saved.lastName);
        setPhone(format.phone(saved.phone));
      }
      await Promise.all(['profile', 'program'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const failed = save.isError ? toAppError(save.error) : null;
  const errorOf = (field: string) => (failed?.field === field ? describeError(failed) : undefined);
  const changed = (take: (value: string) => void) => (event: React.ChangeEvent<HTMLInputElement>) => {
    take(event.currentTarget.value);
    save.reset();
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <TextInput label={t`First name`} value={firstName} onChange={changed(setFirstName)} autoComplete="given-name" error={errorOf('firstName')} />
      <TextInput label={t`Last name`} value={lastName} onChange={changed(setLastName)} autoComplete="family-name" error={errorOf('lastName')} />
      <TextInput label={t`Phone`} type="tel" value={phone} onChange={changed(setPhone)} autoComplete="tel" inputMode="tel" error={errorOf('phone')} />
      <p className={classes.muted}>
        {me.email}
        {me.firmName ? ` · ${me.firmName}` : null}
      </p>
      <div className={classes.submit}>
        <Button type="submit" loading={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <span role="status">{save.isSuccess ? <Trans>Saved</Trans> : null}</span>
      </div>
      {failed && !['firstName', 'lastName', 'phone'].includes(failed.field ?? '') ? <p role="alert">{describeError(failed)}</p> : null}
    </form>
  );
}
