import { useState } from 'react';
import { Button, Radio, Skeleton, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { FormRefusal } from '@console/app/FormRefusal';
import { Locked } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { RegistrationQuery, SetRegistrationMutation } from './operations';
import classes from './Settings.module.css';

type Values = ResultOf<typeof RegistrationQuery>['registration'];

/** Whether people may ask to join by themselves, and what they confirm. */
export function Registration() {
  const query = useQuery({ queryKey: ['registration'], queryFn: ({ signal }) => execute(RegistrationQuery, {}, signal).then((data) => data.registration) });
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Self-registration</Trans>
      </h2>
      {query.data ? (
        <Locked may="setRegistration">
          <RegistrationForm saved={query.data} />
        </Locked>
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={160} />
      )}
    </section>
  );
}

export function RegistrationForm({ saved }: { saved: Values }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [values, setValues] = useState(saved);
  const save = useMutation({
    mutationFn: async () => {
      const { setRegistration } = await execute(SetRegistrationMutation, { input: values });
      throwOperationErrors(setRegistration?.errors);
      return setRegistration?.registration ?? null;
    },
    onSuccess: async (written) => {
      if (written) setValues(written);
      await Promise.all(['registration', 'settings'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const errorOf = (field: keyof Values) => (refused?.field === field ? describeError(refused) : null);
  const change = (part: Partial<Values>) => {
    save.reset();
    setValues((before) => ({ ...before, ...part }));
  };
  const modes = [
    { value: 'closed', label: t`Nobody can apply`, description: t`Members come by imports, at the counter or by invitation.` },
    { value: 'reviewed', label: t`You decide about every application`, description: t`Applications wait until somebody here accepts or declines them.` },
    {
      value: 'open',
      label: t`An invoice is enough`,
      description: t`Whoever names one of your invoices for their firm is a member at once. Other applications wait for your decision.`,
    },
  ];
  const criteria = (name: 'criteriaPl' | 'criteriaEn', label: string) => (
    <Textarea
      size="xs"
      label={label}
      autosize
      minRows={3}
      maxRows={12}
      value={values[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={errorOf(name)}
    />
  );
  const same = (Object.keys(saved) as (keyof Values)[]).every((name) => values[name] === saved[name]);
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!same && !save.isPending) save.mutate();
      }}
    >
      <Radio.Group label={t`Who can join by themselves`} value={values.mode} onChange={(mode) => change({ mode })} error={errorOf('mode')}>
        <div className={classes.modes}>
          {modes.map((mode) => (
            <Radio key={mode.value} size="xs" {...mode} />
          ))}
        </div>
      </Radio.Group>
      <p className={classes.hint}>
        <Trans>Applicants confirm the text below, that they run an installation business for example. Write it in both languages, or leave both empty.</Trans>
      </p>
      <div className={classes.fields}>
        {criteria('criteriaPl', t`What applicants confirm, in Polish`)}
        {criteria('criteriaEn', t`What applicants confirm, in English`)}
      </div>
      <div className={classes.actions}>
        <Button type="submit" disabled={same} loading={save.isPending}>
          <Trans>Save self-registration</Trans>
        </Button>
        <span role="status">{save.isSuccess && same ? <Trans>Saved.</Trans> : null}</span>
        <FormRefusal refused={refused} values={values} />
      </div>
    </form>
  );
}
