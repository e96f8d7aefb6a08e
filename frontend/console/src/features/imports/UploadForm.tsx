import { useRef, useState } from 'react';
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '@ui/components/Icon';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { guessFormat, isMapping, uploadImport, type ImportFormat } from './upload';
import classes from './UploadForm.module.css';

export function UploadForm() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportFormat>('ksef');
  const [mapping, setMapping] = useState('');
  const [over, setOver] = useState(false);
  const mappingBad = kind === 'csv' && !isMapping(mapping);
  const upload = useMutation({
    mutationFn: uploadImport,
    onSuccess: (batchId) => {
      void client.invalidateQueries({ queryKey: ['imports'] });
      void navigate({ to: '/imports/$batchId', params: { batchId } });
    },
  });
  const choose = (chosen: File | undefined) => {
    upload.reset();
    setOver(false);
    setFile(chosen ?? null);
    if (chosen) setKind(guessFormat(chosen.name));
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file && !mappingBad && !upload.isPending) upload.mutate({ file, format: kind, mapping });
      }}
    >
      <label className={classes.drop} data-over={over}>
        <Icon name="upload" size={22} />
        {file ? (
          <span className={classes.chosen}>
            {file.name} · {format.count(Math.max(1, Math.round(file.size / 1024)))} kB
          </span>
        ) : (
          <span>
            <strong>
              <Trans>Choose a file</Trans>
            </strong>{' '}
            <Trans>or drop it here</Trans>
          </span>
        )}
        <span>
          <Trans>KSeF invoices FA(3) in XML, or sales in CSV; also compressed as .gz</Trans>
        </span>
        <input
          ref={input}
          type="file"
          aria-label={t`Sales file`}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          accept=".xml,.csv,.txt,.gz"
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </label>
      {file ? (
        <>
          <div className={classes.row}>
            <div role="group" aria-label={t`Format`}>
              <SegmentedControl
                size="xs"
                value={kind}
                onChange={(value) => setKind(value)}
                data={[
                  { value: 'ksef', label: t`KSeF FA(3)` },
                  { value: 'csv', label: t`CSV` },
                ]}
              />
            </div>
            <Button type="submit" loading={upload.isPending} disabled={mappingBad}>
              <Trans>Check the file</Trans>
            </Button>
            <Button
              variant="default"
              disabled={upload.isPending}
              onClick={() => {
                if (input.current) input.current.value = '';
                choose(undefined);
              }}
            >
              <Trans>Choose another</Trans>
            </Button>
            <span>
              <Trans>Nothing is entered yet: first you see what would happen.</Trans>
            </span>
          </div>
          {kind === 'csv' ? (
            <Textarea
              size="xs"
              maw={560}
              minRows={3}
              autosize
              spellCheck={false}
              label={t`Column mapping (optional, JSON)`}
              description={t`Which column holds what. Left empty, the one of the last imported CSV file is used.`}
              error={mappingBad ? t`This is not a JSON object.` : null}
              value={mapping}
              onChange={(event) => setMapping(event.currentTarget.value)}
            />
          ) : null}
        </>
      ) : null}
      {upload.isError ? (
        <p role="alert" style={{ color: 'var(--k-danger)' }}>
          {describeError(upload.error)}
        </p>
      ) : null}
    </form>
  );
}
