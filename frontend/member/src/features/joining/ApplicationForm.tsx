import { useRef, useState } from 'react';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { describeError, toAppError } from '@ui/graphql/errors';
import { useLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { apply, registrationQuery, type Registration } from './joining';
import classes from './Joining.module.css';

/** As they stand on the screen: the first that is wrong gets the focus. */
const FIELDS = ['firstName', 'lastName', 'nip', 'firmName', 'phone', 'invoiceNumber', 'confirmed', 'termsVersion'] as const;
type Field = (typeof FIELDS)[number];
type TextField = Exclude<Field, 'confirmed' | 'termsVersion'>;
const CHECK = { body: classes.checkBody ?? '', inner: classes.checkBox ?? '', label: classes.checkLabel ?? '' };
const NEEDED: readonly TextField[] = ['firstName', 'lastName', 'nip', 'firmName'];

export function ApplicationForm({ standing }: { standing: Registration }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const language = useLanguage();
  const { session } = useSurroundings();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Record<TextField, string>>({
    firstName: session.person?.firstName ?? '',
    lastName: session.person?.lastName ?? '',
    nip: '',
    firmName: standing.application?.firmName ?? '',
    phone: '',
    invoiceNumber: '',
  });
  const [confirmed, setConfirmed] = useState(false);
  // of a version: new terms are agreed to anew
  const [agreedTo, setAgreedTo] = useState<number | null>(null);
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const { criteria, terms } = standing;
  const agreed = terms !== null && agreedTo === terms.version;

  const send = useMutation({
    mutationFn: () => apply({ ...typed, confirmed, termsVersion: agreed ? terms.version : null }),
    onSuccess: (answer) => {
      if (answer.member) {
        window.location.assign('/');
        return;
      }
      client.setQueryData(registrationQuery(language).queryKey, answer);
      // so that the way back leads to no empty form
      window.location.replace('#choice');
    },
    onError: (error) => {
      focusOn(toAppError(error).field);
      // other terms, other criteria, decided elsewhere
      return client.invalidateQueries({ queryKey: ['joining'] });
    },
  });
  const focusOn = (field: string | null | undefined) => {
    if (field) form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();
  };

  const failed = send.isError ? toAppError(send.error) : null;
  const shown = FIELDS.filter((field) => (field === 'confirmed' ? criteria !== '' : field === 'termsVersion' ? terms !== null : true));
  const atField = shown.find((field) => field === failed?.field);
  const errorOf = (field: Field): string | undefined => {
    if (missing.includes(field)) return field === 'confirmed' || field === 'termsVersion' ? t`Tick this to go on.` : t`Fill this in.`;
    if (failed?.field !== field) return undefined;
    return failed.code === 'TERMS_CHANGED' ? t`The terms have changed. Read the new ones and accept them.` : describeError(failed);
  };
  const touched = (field: Field) => {
    setMissing((before) => before.filter((each) => each !== field));
    if (failed?.field === field || (failed && !atField)) send.reset();
  };
  const text = (name: TextField) => ({
    name,
    value: typed[name],
    error: errorOf(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setTyped((before) => ({ ...before, [name]: value }));
      touched(name);
    },
  });
  const needed = { required: true, withAsterisk: false };

  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (send.isPending || send.isSuccess) return;
        const empty: Field[] = NEEDED.filter((name) => typed[name].trim() === '');
        if (criteria !== '' && !confirmed) empty.push('confirmed');
        if (terms !== null && !agreed) empty.push('termsVersion');
        setMissing(empty);
        if (empty.length > 0) focusOn(empty[0]);
        else send.mutate();
      }}
    >
      <TextInput {...text('firstName')} {...needed} label={t`First name`} autoComplete="given-name" />
      <TextInput {...text('lastName')} {...needed} label={t`Last name`} autoComplete="family-name" />
      <TextInput
        {...text('nip')}
        {...needed}
        label={t`NIP of your firm`}
        description={t`Ten digits, as on your invoices.`}
        inputMode="numeric"
        autoComplete="off"
      />
      <TextInput {...text('firmName')} {...needed} label={t`Name of the firm`} autoComplete="organization" />
      <TextInput {...text('phone')} label={t`Phone (optional)`} type="tel" inputMode="tel" autoComplete="tel" />
      <TextInput
        {...text('invoiceNumber')}
        label={standing.mode === 'open' ? t`Invoice number` : t`Invoice number (optional)`}
        description={
          standing.mode === 'open'
            ? t`With the number of one of your invoices from us you are in at once.`
            : t`The number of one of your invoices from us. It shows that you buy here, and we answer sooner.`
        }
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      {criteria ? (
        <Checkbox
          name="confirmed"
          size="md"
          classNames={CHECK}
          label={criteria}
          checked={confirmed}
          error={errorOf('confirmed')}
          onChange={(event) => {
            setConfirmed(event.currentTarget.checked);
            touched('confirmed');
          }}
        />
      ) : null}
      {terms ? (
        <div>
          <Checkbox
            name="termsVersion"
            size="md"
              classNames={CHECK}
            label={t`I accept the terms`}
            checked={agreed}
            error={errorOf('termsVersion')}
            onChange={(event) => {
              setAgreedTo(event.currentTarget.checked ? terms.version : null);
              touched('termsVersion');
            }}
          />
          <details>
            <summary className={classes.summary}>
              <Trans>Read the terms</Trans>
            </summary>
            <div className={classes.text}>{terms.text}</div>
          </details>
        </div>
      ) : null}
      <div role="alert">{failed && !atField ? <p className={classes.error}>{describeError(failed)}</p> : null}</div>
      <Button type="submit" size="lg" fullWidth loading={send.isPending || send.isSuccess}>
        {standing.mode === 'open' ? <Trans>Join the program</Trans> : <Trans>Send the application</Trans>}
      </Button>
    </form>
  );
}
