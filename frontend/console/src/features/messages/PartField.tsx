import { Textarea, TextInput } from '@mantine/core';
import classes from './Messages.module.css';

export type Field = HTMLInputElement | HTMLTextAreaElement;

interface PartFieldProps {
  label: string;
  description?: string;
  language: string;
  value: string;
  error: string | null;
  /** In characters. */
  limit: number;
  /** Lines, least and most; without it, one line. */
  rows?: readonly [number, number];
  code?: boolean;
  onPlace: (node: Field) => void;
  onChange: (text: string) => void;
}

/** One part of a template. */
export function PartField({ label, description, language, value, error, limit, rows, code = false, onPlace, onChange }: PartFieldProps) {
  const shared = {
    size: 'xs',
    label,
    description,
    inputWrapperOrder: ['label' as const, 'description' as const, 'input' as const, 'error' as const],
    value,
    error,
    lang: language,
    maxLength: limit,
    autoComplete: 'off',
    spellCheck: !code,
    onFocus: (event: { currentTarget: Field }) => onPlace(event.currentTarget),
    onChange: (event: { currentTarget: Field }) => onChange(event.currentTarget.value),
  };
  if (!rows) return <TextInput {...shared} />;
  return <Textarea {...shared} autosize minRows={rows[0]} maxRows={rows[1]} {...(code ? { classNames: { input: classes.code ?? '' } } : {})} />;
}
