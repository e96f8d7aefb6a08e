import { useState } from 'react';
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { FormRefusal } from '@console/app/FormRefusal';
import page from '@console/app/page.module.css';
import { textOn } from '@ui/brand/color';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { ColorField } from './ColorField';
import { ContrastVerdict } from './ContrastVerdict';
import { colorTyped, showable, SHAPES, type Look } from './look';
import { Logo } from './Logo';
import { LogoForm } from './LogoForm';
import { UpdateBrandingMutation } from './operations';
import { PhonePreview } from './PhonePreview';
import classes from './Branding.module.css';

export function BrandingForm({ saved, logo = null }: { saved: Look; logo?: string | null }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [look, setLook] = useState(saved);
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  const shown = showable(look, saved);
  const save = useMutation({
    mutationFn: async (input: Look) => {
      const { updateBranding } = await execute(UpdateBrandingMutation, { input });
      throwOperationErrors(updateBranding?.errors);
    },
    onSuccess: async () => {
      setLook(shown);
      await Promise.all([client.invalidateQueries({ queryKey: ['branding'] }), client.invalidateQueries({ queryKey: ['viewer'] }), client.invalidateQueries({ queryKey: ['settings'] })]);
    },
  });
  const refused = save.isError ? toAppError(save.error) : null;
  const errorOf = (field: keyof Look) => (refused?.field === field ? describeError(refused) : null);
  const change = (field: keyof Look) => (value: string) => {
    save.reset();
    setLook((before) => ({ ...before, [field]: value }));
  };
  const field = (name: keyof Look, label: string, description?: string) => (
    <TextInput
      size="xs"
      autoComplete="off"
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={look[name]}
      onChange={(event) => change(name)(event.currentTarget.value)}
      error={errorOf(name)}
    />
  );
  const color = (name: 'primaryColor' | 'accentColor' | 'surfaceColor', label: string, hint: string) => (
    <ColorField label={label} hint={hint} value={look[name]} shown={shown[name]} error={errorOf(name)} onChange={change(name)} />
  );
  const complete = [look.primaryColor, look.accentColor, look.surfaceColor].every((value) => colorTyped(value));
  const same = (Object.keys(saved) as (keyof Look)[]).every((name) => shown[name] === saved[name]);
  const shapes: Record<string, string> = { circle: t`circle`, square: t`square`, hexagon: t`hexagon` };
  return (
    <div className={classes.columns}>
      <div>
        <LogoForm look={shown} logo={logo} />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (complete) save.mutate(shown);
          }}
        >
          <section className={classes.group}>
            <h2 className={page.subtitle}>
              <Trans>Colors</Trans>
            </h2>
            <div className={classes.fields} data-columns="2">
              {color('primaryColor', t`Main color`, t`Buttons, the top of the page, links`)}
              {color('accentColor', t`Accent color`, t`Lines and marks beside the main color`)}
              {color('surfaceColor', t`Start screen background`, t`Behind the logo while the installed app starts`)}
            </div>
          </section>
          <section className={classes.group}>
            <h2 className={page.subtitle}>
              <Trans>Contrast</Trans>
            </h2>
            <ContrastVerdict look={shown} />
          </section>
          <section className={classes.group}>
            <h2 className={page.subtitle}>
              <Trans>Name and drawn logo</Trans>
            </h2>
            <div className={classes.fields} data-columns="2">
              {field('name', t`Program name`)}
              {field('logoText', t`Logo letters`, t`One to three letters or digits`)}
              <NativeSelect
                size="xs"
                label={t`Logo shape`}
                data={SHAPES.map((value) => ({ value, label: shapes[value] ?? value }))}
                value={look.logoShape}
                onChange={(event) => change('logoShape')(event.currentTarget.value)}
                error={errorOf('logoShape')}
              />
            </div>
          </section>
          <section className={classes.group}>
            <h2 className={page.subtitle}>
              <Trans>What points are called</Trans>
            </h2>
            <p className={classes.hint}>
              <Trans>Polish needs four forms. In English they are always points.</Trans>
            </p>
            <div className={classes.fields} data-columns="4">
              {field('pointOne', t`1 …`)}
              {field('pointFew', t`2 …`)}
              {field('pointMany', t`5 …`)}
              {field('pointOther', t`1.5 …`)}
            </div>
          </section>
          <div className={classes.actions}>
            <Button type="submit" disabled={same || !complete} loading={save.isPending}>
              <Trans>Save the look</Trans>
            </Button>
            {same ? null : (
              <Button
                variant="default"
                disabled={save.isPending}
                onClick={() => {
                  save.reset();
                  setLook(saved);
                }}
              >
                <Trans>Undo the changes</Trans>
              </Button>
            )}
            <span role="status">
              {save.isSuccess && same ? <Trans>Saved. This console takes the new colors when you reload it.</Trans> : null}
            </span>
            <FormRefusal refused={refused} values={look} />
          </div>
        </form>
      </div>
      <section className={classes.preview} aria-label={t`Preview`}>
        <div className={classes.previewHead}>
          <h2 className={page.subtitle}>
            <Trans>Preview</Trans>
          </h2>
          <SegmentedControl
            size="xs"
            aria-label={t`Color scheme`}
            value={scheme}
            onChange={(value) => setScheme(value === 'dark' ? 'dark' : 'light')}
            data={[
              { value: 'light', label: t`Light` },
              { value: 'dark', label: t`Dark` },
            ]}
          />
        </div>
        <PhonePreview look={shown} logo={logo} scheme={scheme} />
        <div className={classes.start} style={{ background: shown.surfaceColor, color: textOn(shown.surfaceColor) }}>
          <Logo look={shown} logo={logo} size={40} />
          {shown.name}
        </div>
      </section>
    </div>
  );
}
