import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError } from '@ui/graphql/errors';
import { RowsRefused, uploadProducts } from './uploadProducts';
import classes from './Products.module.css';

/** A wholesaler's product list, taken whole or not at all. */
export function UploadProducts() {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: uploadProducts,
    onSuccess: () => {
      setFile(null);
      if (field.current) field.current.value = '';
      return Promise.all([
        client.invalidateQueries({ queryKey: ['products'] }),
        client.invalidateQueries({ queryKey: ['unmatched'] }),
      ]);
    },
  });
  const refused = upload.error instanceof RowsRefused ? upload.error : null;
  return (
    <details className={classes.upload}>
      <summary>
        <Trans>Upload a product list</Trans>
      </summary>
      <p className={classes.hint}>
        <Trans>
          CSV or XLSX with a heading. Needed are sku and name; ean, producer_code, unit, category and brand may follow, with English or
          Polish headings. Products with a known SKU are brought up to date, the others added; products that are not in the file stay.
        </Trans>
      </p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file) upload.mutate(file);
        }}
      >
        <label className={classes.file}>
          <Trans>File with products</Trans>
          <input
            ref={field}
            type="file"
            accept=".csv,.txt,.xlsx"
            onChange={(event) => {
              upload.reset();
              setFile(event.currentTarget.files?.[0] ?? null);
            }}
          />
        </label>
        <Button size="xs" type="submit" disabled={!file} loading={upload.isPending}>
          <Trans>Upload</Trans>
        </Button>
      </form>
      {upload.isError ? (
        <div role="alert" className={classes.error}>
          <p>{describeError(refused ? refused.refusal : upload.error)}</p>
          {refused ? (
            <ul className={classes.rows}>
              {refused.rows.map((each) => (
                <li key={`${String(each.row)} ${each.field}`}>
                  <Trans>
                    Row {each.row}: {each.message}
                  </Trans>
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      <p role="status" className={classes.said}>
        {upload.data === undefined ? null : <Plural value={upload.data} one="# product taken" other="# products taken" />}
      </p>
    </details>
  );
}
