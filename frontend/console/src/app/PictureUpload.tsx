import { useRef, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { describeError } from '@ui/graphql/errors';
import { sendPicture } from './sendPicture';
import classes from './PictureUpload.module.css';

interface PictureUploadProps {
  address: string;
  /** Of the file field. */
  label: ReactNode;
  /** Of the button that takes the picture away; null while there is none. */
  remove: ReactNode | null;
  onSent: () => Promise<unknown>;
}

/** A file field that sends at once, with what the server says in place. */
export function PictureUpload({ address, label, remove, onSent }: PictureUploadProps) {
  const field = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (file: File | null) => sendPicture(address, file),
    onSettled: () => {
      if (field.current) field.current.value = '';
    },
    onSuccess: onSent,
  });
  return (
    <>
      <div className={classes.form}>
        <label className={classes.file}>
          {label}
          <input
            ref={field}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            disabled={send.isPending}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) send.mutate(file);
            }}
          />
        </label>
        {remove ? (
          <Button size="xs" variant="default" loading={send.isPending && send.variables === null} disabled={send.isPending} onClick={() => send.mutate(null)}>
            {remove}
          </Button>
        ) : null}
      </div>
      <p role="status" className={classes.said}>
        {send.isPending && send.variables ? <Trans>Sending {send.variables.name}…</Trans> : null}
      </p>
      {send.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(send.error)}
        </p>
      ) : null}
    </>
  );
}
