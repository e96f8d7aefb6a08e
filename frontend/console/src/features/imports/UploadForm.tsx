import { useRef, useState } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '@ui/components/Icon';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { guessFormat, uploadImport, type ImportFormat } from './upload';
import classes from './UploadForm.module.css';

const TEMPLATE = '/api/console/imports/template';

export function UploadForm() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportFormat>('ksef');
  const [over, setOver] = useState(false);
  const upload = useMutation({
    mutationFn: uploadImport,
    onSuccess: ({ id, state }) => {
      void client.invalidateQueries({ queryKey: ['imports'] });
      const to = state === 'UPLOADED' ? '/imports/$batchId/columns' : '/imports/$batchId';
      void navigate({ to, params: { batchId: id } });
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
        if (file && !upload.isPending) upload.mutate({ file, format: kind });
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
          <Trans>KSeF invoices FA(3) in XML, or sales in CSV or XLSX; XML and CSV also compressed as .gz</Trans>
        </span>
        <input
          ref={input}
          type="file"
          aria-label={t`Sales file`}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          accept=".xml,.csv,.txt,.xlsx,.gz"
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
                  { value: 'xlsx', label: t`XLSX` },
                ]}
              />
            </div>
            <Button type="submit" loading={upload.isPending}>
              {kind === 'ksef' ? <Trans>Check the file</Trans> : <Trans>Choose the columns</Trans>}
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
        </>
      ) : (
        <p className={classes.templates}>
          <Trans>An empty file to fill in:</Trans>{' '}
          <a href={`${TEMPLATE}?format=xlsx`} download className={classes.template}>
            XLSX
          </a>{' '}
          <a href={`${TEMPLATE}?format=csv`} download className={classes.template}>
            CSV
          </a>
        </p>
      )}
      {upload.isError ? (
        <p role="alert" style={{ color: 'var(--k-danger)' }}>
          {describeError(upload.error)}
        </p>
      ) : null}
    </form>
  );
}
