import { useRef, useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import type { Reward } from './RewardPage';
import { uploadCodes } from './uploadCodes';
import classes from './Rewards.module.css';

export function CodesForm({ reward }: { reward: Reward }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [faceValue, setFaceValue] = useState(reward.denominations[0]?.amount.amount ?? '');
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) => uploadCodes(reward.id, faceValue, chosen),
    onSuccess: () => {
      setFile(null);
      if (field.current) field.current.value = '';
      return client.invalidateQueries({ queryKey: ['rewards'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file) upload.mutate(file);
      }}
    >
      <p className={classes.hint}>
        <Trans>
          One code a line, or CSV or XLSX with the columns code, pin and expires_on. Codes are stored encrypted; nobody here can read
          them again. Known codes are skipped.
        </Trans>
      </p>
      <div className={classes.form}>
        <NativeSelect
          size="xs"
          label={t`Face value`}
          value={faceValue}
          onChange={(event) => setFaceValue(event.currentTarget.value)}
          data={reward.denominations.map((each) => ({ value: each.amount.amount, label: format.money(each.amount) }))}
        />
        <label className={classes.file}>
          <Trans>File with codes</Trans>
          <input
            ref={field}
            type="file"
            accept=".txt,.csv,.xlsx"
            onChange={(event) => {
              upload.reset();
              setFile(event.currentTarget.files?.[0] ?? null);
            }}
          />
        </label>
        <Button size="xs" type="submit" disabled={!file} loading={upload.isPending}>
          <Trans>Add the codes</Trans>
        </Button>
      </div>
      {upload.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(upload.error)}
        </p>
      ) : null}
      <p role="status" className={classes.said}>
        {upload.data ? (
          <>
            <Plural value={upload.data.added} one="# code added" other="# codes added" />
            {upload.data.known > 0 ? (
              <>
                , <Plural value={upload.data.known} one="# known before" other="# known before" />
              </>
            ) : null}
          </>
        ) : null}
      </p>
    </form>
  );
}
