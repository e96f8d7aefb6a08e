import { useState } from 'react';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { FormRefusal } from '@console/app/FormRefusal';
import page from '@console/app/page.module.css';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { addMonths, todayInWarsaw } from './addMonths';
import { UpdateProgramMutation, type SettingsQuery } from './operations';
import classes from './Settings.module.css';

type Program = ResultOf<typeof SettingsQuery>['program'];

function typed(program: Program) {
  return {
    name: program.name,
    nip: program.nip,
    supportEmail: program.supportEmail,
    supportPhone: program.supportPhone,
    rounding: program.rounding,
    endless: program.lotLifeMonths === null,
    lotLifeMonths: String(program.lotLifeMonths ?? 24),
    lateMatchDays: String(program.lateMatchDays),
    confirmAbove: program.confirmAbove === null ? '' : String(program.confirmAbove),
  };
}

type Typed = ReturnType<typeof typed>;

/** A whole number as typed, or null. */
export function wholeTyped(text: string): number | null {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null;
}

export function SettingsForm({ program }: { program: Program }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const saved = typed(program);
  const [values, setValues] = useState(saved);
  const months = wholeTyped(values.lotLifeMonths);
  const days = wholeTyped(values.lateMatchDays);
  const limit = /^\d{1,8}$/.test(values.confirmAbove.trim()) ? Number(values.confirmAbove.trim()) : null;
  const save = useMutation({
    mutationFn: async () => {
      const { endless, ...rest } = values;
      const input = { ...rest, lotLifeMonths: endless ? null : months, lateMatchDays: days ?? 0, confirmAbove: limit };
      const { updateProgram } = await execute(UpdateProgramMutation, { input });
      throwOperationErrors(updateProgram?.errors);
      return updateProgram?.program ?? null;
    },
    onSuccess: async (written) => {
      // as the server writes it: a NIP loses its hyphens
      if (written) setValues(typed(written));
      await Promise.all(['settings', 'branding', 'viewer'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const errorOf = (field: keyof Typed) => (refused?.field === field ? describeError(refused) : null);
  const change = (part: Partial<Typed>) => {
    save.reset();
    setValues((before) => ({ ...before, ...part }));
  };
  const field = (name: Exclude<keyof Typed, 'endless' | 'rounding'>, label: string, description?: string) => (
    <TextInput
      size="xs"
      autoComplete="off"
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={values[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={errorOf(name)}
    />
  );
  const same = (Object.keys(saved) as (keyof Typed)[]).every((name) => values[name] === saved[name]);
  const complete = days !== null && (values.endless || months !== null) && (limit !== null || values.confirmAbove.trim() === '');
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) save.mutate();
      }}
    >
      <h2 className={page.subtitle}>
        <Trans>Company</Trans>
      </h2>
      <div className={classes.fields}>
        {field('name', t`Program name`)}
        {field('nip', t`NIP`, t`Only invoices of this seller are accepted`)}
        {field('supportEmail', t`Support e-mail`, t`Members see it in the app and in messages`)}
        {field('supportPhone', t`Support phone`)}
      </div>
      <h2 className={page.subtitle}>
        <Trans>Points</Trans>
      </h2>
      <div className={classes.fields}>
        <NativeSelect
          size="xs"
          label={t`Rounding of half a hundredth`}
          description={t`Applies to points that are given from now on`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[
            { value: 'half_even', label: t`to the even digit (bankers' rounding)` },
            { value: 'half_up', label: t`up` },
          ]}
          value={values.rounding}
          onChange={(event) => change({ rounding: event.currentTarget.value })}
          error={errorOf('rounding')}
        />
        {field('lateMatchDays', t`Days back for late matches`, t`Earlier purchases, not older than this, give points when a buyer joins or goods are recognized; 0 for none`)}
      </div>
      <h2 className={page.subtitle}>
        <Trans>Spending</Trans>
      </h2>
      <div className={classes.fields}>
        {field('confirmAbove', t`Confirm identity above, in points`, t`Whoever spends more at once proves anew who they are; empty: nobody is asked`)}
      </div>
      <h2 className={page.subtitle}>
        <Trans>When points end</Trans>
      </h2>
      <div className={classes.fields}>
        <TextInput
          size="xs"
          autoComplete="off"
          inputMode="numeric"
          label={t`Months after the sale`}
          value={values.lotLifeMonths}
          disabled={values.endless}
          onChange={(event) => change({ lotLifeMonths: event.currentTarget.value })}
          error={errorOf('lotLifeMonths') ?? (values.endless || months !== null ? null : t`Write a whole number of months.`)}
        />
        <Checkbox
          className={classes.check}
          label={t`Points never end`}
          checked={values.endless}
          onChange={(event) => change({ endless: event.currentTarget.checked })}
        />
      </div>
      <Meaning months={values.endless ? null : months} />
      <div className={classes.actions}>
        <Button type="submit" disabled={same || !complete} loading={save.isPending}>
          <Trans>Save the settings</Trans>
        </Button>
        <span role="status">{save.isSuccess && same ? <Trans>Saved.</Trans> : null}</span>
        <FormRefusal refused={refused} values={values} />
      </div>
    </form>
  );
}

/** The policy as a sentence with a date in it, and whom it does not touch. */
function Meaning({ months }: { months: number | null }) {
  const format = useFormat();
  const until = months ? format.date(addMonths(todayInWarsaw(), months)) : '';
  return (
    <p className={classes.meaning} data-testid="expiry-meaning">
      {months ? (
        <>
          <Plural value={months} one="Points end # month after the sale." other="Points end # months after the sale." />{' '}
          <Trans>
            Those of a sale today can be spent until {until}. Members are told 30, 7 and 1 days before.
          </Trans>
        </>
      ) : (
        <Trans>Points never end.</Trans>
      )}{' '}
      <Trans>A change affects only points that are given from now on: those that members have keep their end.</Trans>
    </p>
  );
}
