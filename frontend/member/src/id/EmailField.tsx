import { TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';

interface EmailFieldProps {
  value: string;
  describedBy: string | undefined;
  onChange: (value: string) => void;
}

export function EmailField({ value, describedBy, onChange }: EmailFieldProps) {
  const { t } = useLingui();
  return (
    <TextInput
      name="email"
      type="email"
      label={t`E-mail`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      withAsterisk={false}
      // The only thing to do on this page, and the person came here to do it.
      ref={focusOnce}
      aria-describedby={describedBy}
    />
  );
}

const focused = new WeakSet<HTMLInputElement>();

function focusOnce(field: HTMLInputElement | null): void {
  if (!field || focused.has(field)) return;
  focused.add(field);
  field.focus();
}
