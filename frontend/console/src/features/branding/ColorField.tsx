import { TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { colorTyped } from './look';
import classes from './Branding.module.css';

interface ColorFieldProps {
  label: string;
  hint: string;
  value: string;
  /** What the picker shows while the text is no color yet. */
  shown: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** A color to type and to pick: both write the same value. */
export function ColorField({ label, hint, value, shown, error, onChange }: ColorFieldProps) {
  const { t } = useLingui();
  return (
    <div className={classes.color}>
      <input type="color" aria-label={t`${label}: choose`} value={shown} onChange={(event) => onChange(event.currentTarget.value)} />
      <TextInput
        size="xs"
        label={label}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value}
        maxLength={9}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error ?? (colorTyped(value) ? null : t`Write a color like #1f4e79.`)}
      />
    </div>
  );
}
