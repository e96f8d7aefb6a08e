import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import '@mantine/core/styles/Input.layer.css';
import { describeError } from '@ui/graphql/errors';
import classes from './CodeField.module.css';

interface CodeFieldProps<Result> {
  label: string;
  /** Digits after which it is sent by itself. */
  length: number;
  /** Shown while nothing is wrong with the code itself. */
  error?: unknown;
  /** Of the place where the error is read out. */
  errorId: string;
  send: (code: string) => Promise<Result>;
  onDone: (result: Result) => void;
  action: ReactNode;
  children?: ReactNode;
}

/** Digits that send themselves when all are there; the phone offers them from the message. */
export function CodeField<Result>({ label, length, error, errorId, send, onDone, action, children }: CodeFieldProps<Result>) {
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onError: () => {
      setCode('');
      field.current?.focus();
    },
  });
  const wrong = confirm.error ?? error;
  const busy = confirm.isPending || confirm.isSuccess;
  useEffect(() => field.current?.focus(), [length]);

  const take = (text: string) => {
    const digits = text.replaceAll(/\D/g, '').slice(0, length);
    setCode(digits);
    if (digits.length === length && !busy) confirm.mutate(digits);
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && code.length === length) confirm.mutate(code);
      }}
    >
      <TextInput
        ref={field}
        name="code"
        label={label}
        value={code}
        onChange={(event) => take(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        required
        withAsterisk={false}
        readOnly={busy}
        classNames={{ input: classes.code }}
        aria-describedby={confirm.isError ? errorId : undefined}
      />
      <div role="alert">
        {wrong ? (
          <p id={errorId} className={classes.error}>
            {describeError(wrong)}
          </p>
        ) : null}
      </div>
      <Button type="submit" size="lg" fullWidth loading={busy}>
        {action}
      </Button>
      {children}
    </form>
  );
}
