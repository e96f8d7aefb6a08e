import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { FormField } from '@console/app/FormField';
import { FormRefusal } from '@console/app/FormRefusal';
import page from '@console/app/page.module.css';
import { execute } from '@console/hq/api';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { OpenWholesalerMutation } from './operations';
import { hostOf, slugOf } from './slug';
import classes from './Network.module.css';

interface OpenFormProps {
  onOpened: (wholesaler: { id: string; name: string }) => Promise<void>;
  onCancel: () => void;
}

/** Asks for a new wholesaler; its address follows its name until somebody writes another. */
export function OpenForm({ onOpened, onCancel }: OpenFormProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState({ name: '', slug: null as string | null, nip: '', adminName: '', adminEmail: '' });
  const values = { ...typed, slug: typed.slug ?? slugOf(typed.name) };
  const open = useMutation({
    mutationFn: async () => {
      const { openWholesaler } = await execute(OpenWholesalerMutation, { input: values });
      throwOperationErrors(openWholesaler?.errors);
      return openWholesaler?.wholesaler ?? { id: '', name: values.name };
    },
    onSuccess: onOpened,
  });
  const refused = open.isError ? toAppError(open.error) : null;
  const field = (name: keyof typeof values, label: string, description?: string) => (
    <FormField
      kind={name === 'adminEmail' ? 'email' : name === 'nip' ? 'digits' : 'text'}
      {...(name === 'slug' ? { autoCapitalize: 'none', spellCheck: false } : {})}
      {...(name === 'name' ? { 'data-autofocus': true } : {})}
      label={label}
      description={description}
      value={values[name]}
      onChange={(value) => {
        if (open.isError) open.reset();
        setTyped((before) => ({ ...before, [name]: value }));
      }}
      error={refused?.field === name ? describeError(refused) : null}
    />
  );
  const slug = values.slug.trim().toLowerCase();
  const host = hostOf(slug, window.location.host);
  return (
    <section>
      <h2 className={page.subtitle}>
        <Trans>New wholesaler</Trans>
      </h2>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!open.isPending) open.mutate();
        }}
      >
        {field('name', t`Name of the wholesaler`)}
        {field('slug', t`Address`, slug ? t`The program will be at ${host}` : '\u00a0')}
        {field('nip', t`NIP (optional)`, t`Only invoices of this seller are taken`)}
        <div className={classes.pair}>
          {field('adminName', t`First administrator's name`)}
          {field('adminEmail', t`First administrator's e-mail`, t`They get a mail and add a second factor on the way in`)}
        </div>
        <div className={classes.actions}>
          <Button type="submit" size="xs" loading={open.isPending}>
            <Trans>Open the wholesaler</Trans>
          </Button>
          <Button variant="default" size="xs" onClick={onCancel} disabled={open.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <FormRefusal refused={refused} values={values} />
        </div>
      </form>
    </section>
  );
}
