import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import { ImportWizard } from '@ui/components/ImportWizard';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { fieldName } from './fieldName';
import { FileSettings, WholeFile } from './FileSettings';
import { assign, BUYER_FIELDS, cutting, CUTTING, DOCUMENT_FIELDS, fieldOf, LINE_FIELDS, missingColumns, readMapping, type Mapping } from './mapping';
import { CheckImportMutation, ImportInspectionQuery, type ImportSourcesQuery } from './operations';
import classes from './MappingForm.module.css';

export type Inspection = NonNullable<ResultOf<typeof ImportInspectionQuery>['importInspection']>;
type Source = ResultOf<typeof ImportSourcesQuery>['importSources'][number];

interface MappingFormProps {
  batchId: string;
  format: string;
  start: Inspection;
  sources: readonly Source[];
}

interface Check {
  mapping: Mapping;
  saveAs: string;
  sourceId: string | null;
}

const EMPTY: Mapping = { version: 1, columns: {} };
const PROPOSED = '';

export function MappingForm({ batchId, format, start, sources }: MappingFormProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [seen, setSeen] = useState(start);
  const [sourceId, setSourceId] = useState(start.offeredSource?.id ?? PROPOSED);
  const [mapping, setMapping] = useState<Mapping>(() => readMapping(start.offered ?? start.proposal) ?? EMPTY);
  const [changed, setChanged] = useState(false);
  const [saveAs, setSaveAs] = useState('');
  const names = seen.columns.map((column) => column.name);
  const missing = missingColumns(mapping, names);

  const inspect = useMutation({
    mutationFn: ({ wanted }: { wanted: Mapping; keep: boolean }) =>
      execute(ImportInspectionQuery, { id: batchId, layout: cutting(wanted) }).then((data) => data.importInspection),
    onSuccess: (found, { wanted, keep }) => {
      if (!found) return;
      setSeen(found);
      // cells cut otherwise are other columns: what was recognized in them now, unless a saved layout says it
      const proposal = readMapping(found.proposal) ?? EMPTY;
      setMapping(keep ? wanted : { ...proposal, ...Object.fromEntries(CUTTING.flatMap((key) => (wanted[key] === undefined ? [] : [[key, wanted[key]]]))) });
    },
  });
  const check = useMutation({
    mutationFn: async (wish: Check) => {
      const input = { id: batchId, mapping: JSON.stringify(wish.mapping), saveAs: wish.saveAs || null, sourceId: wish.sourceId };
      const { checkImport } = await execute(CheckImportMutation, { input });
      throwOperationErrors(checkImport?.errors);
      return checkImport?.faults ?? [];
    },
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      await client.invalidateQueries({ queryKey: ['imports'] });
      await navigate({ to: '/imports/$batchId', params: { batchId } });
    },
  });
  const change = (next: Mapping) => {
    check.reset();
    setChanged(true);
    setMapping(next);
  };
  const choose = (id: string) => {
    check.reset();
    setChanged(false);
    setSourceId(id);
    const source = sources.find((each) => each.id === id);
    const next = readMapping(source ? source.mapping : seen.proposal) ?? EMPTY;
    setMapping(next);
    if (source && cutting(next) !== cutting(mapping)) inspect.mutate({ wanted: next, keep: true });
  };

  const group = (label: string, fields: readonly string[]) => ({ label, fields: fields.map((id) => ({ id, label: fieldName(id) ?? id })) });
  const usable = sources.filter((source) => source.format === format);
  const faults = check.data ?? [];
  const lost = missing.map(({ field, column }) => {
    const name = fieldName(field) ?? field;
    return { field, message: t`The file has no column “${column}” (${name}).` };
  });
  return (
    <ImportWizard
      steps={[t`File`, t`Columns`, t`Dry run`, t`Import`]}
      at={1}
      columns={seen.columns}
      groups={[group(t`Document`, DOCUMENT_FIELDS), group(t`Buyer`, BUYER_FIELDS), group(t`Line`, LINE_FIELDS)]}
      fieldOf={(column) => fieldOf(mapping, column)}
      onAssign={(column, field) => change(assign(mapping, column, field, seen.columns.find((each) => each.name === column)?.choices))}
      faults={[...lost, ...faults]}
      layout={
        <>
          {usable.length > 0 ? (
            <NativeSelect
              size="xs"
              maw={320}
              label={t`Saved layout`}
              value={sourceId}
              data={[{ value: PROPOSED, label: t`None: as recognized` }, ...usable.map((source) => ({ value: source.id, label: source.name }))]}
              onChange={(event) => choose(event.currentTarget.value)}
            />
          ) : null}
          <FileSettings
            format={format}
            sheets={seen.sheets}
            mapping={mapping}
            pending={inspect.isPending}
            onCut={(wanted) => {
              setChanged(true);
              check.reset();
              inspect.mutate({ wanted, keep: false });
            }}
            onChange={change}
          />
          {inspect.isError ? (
            <p role="alert" className={classes.error}>
              {describeError(inspect.error)}
            </p>
          ) : null}
        </>
      }
      rest={<WholeFile mapping={mapping} columns={seen.columns} onChange={change} />}
      actions={
        <>
          <TextInput
            size="xs"
            w={280}
            maxLength={80}
            label={t`Save this layout as`}
            placeholder={t`for example: our sales system`}
            value={saveAs}
            onChange={(event) => setSaveAs(event.currentTarget.value)}
          />
          <Button
            loading={check.isPending}
            disabled={lost.length > 0 || inspect.isPending}
            onClick={() => check.mutate({ mapping, saveAs: saveAs.trim(), sourceId: changed || sourceId === PROPOSED ? null : sourceId })}
          >
            <Trans>Check the file</Trans>
          </Button>
          <span className={classes.note}>
            <Trans>Nothing is entered yet: first you see what would happen.</Trans>
          </span>
          {check.isError ? (
            <p role="alert" className={classes.error}>
              {describeError(check.error)}
            </p>
          ) : null}
        </>
      }
    />
  );
}
