import { TextInput, type TextInputProps } from '@mantine/core';

interface FormFieldProps extends Omit<TextInputProps, 'onChange' | 'type' | 'inputMode'> {
  /** What is typed there: it chooses the keyboard of a phone. */
  kind?: 'text' | 'email' | 'digits';
  onChange: (value: string) => void;
}

/** A small field of a form: label, field, explanation, refusal. */
export function FormField({ kind = 'text', onChange, ...rest }: FormFieldProps) {
  return (
    <TextInput
      size="xs"
      type={kind === 'email' ? 'email' : 'text'}
      inputMode={kind === 'digits' ? 'numeric' : kind}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...rest}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
