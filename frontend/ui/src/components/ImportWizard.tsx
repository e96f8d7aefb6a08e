import { useId, type ReactNode } from 'react';
import { NativeSelect } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import classes from './ImportWizard.module.css';

export interface WizardColumn {
  name: string;
  samples: readonly string[];
}

export interface WizardField {
  id: string;
  label: string;
}

export interface WizardGroup {
  label: string;
  fields: readonly WizardField[];
}

export interface WizardFault {
  field: string;
  message: string;
}

interface ImportWizardProps {
  /** Names of the steps; the current one is `at`, counted from 0. */
  steps: readonly string[];
  at: number;
  columns: readonly WizardColumn[];
  groups: readonly WizardGroup[];
  /** Field of a column, or null when the column is left out. */
  fieldOf: (column: string) => string | null;
  onAssign: (column: string, field: string | null) => void;
  /** Why the file cannot be read so; in words. */
  faults: readonly WizardFault[];
  /** How the file is written, above the columns. */
  layout?: ReactNode;
  /** What belongs to the whole file, below the columns. */
  rest?: ReactNode;
  actions: ReactNode;
}

/** What is in which column of a file: samples beside, the proposal corrected column by column. */
export function ImportWizard(props: ImportWizardProps) {
  const { steps, at, columns, groups, fieldOf, onAssign, faults, layout, rest, actions } = props;
  const { t } = useLingui();
  const head = useId();
  const used = columns.filter((column) => fieldOf(column.name) !== null).length;
  const total = columns.length;
  return (
    <div className={classes.wizard}>
      <ol className={classes.steps} aria-label={t`Steps`}>
        {steps.map((step, index) => (
          <li key={step} data-state={index < at ? 'past' : index === at ? 'now' : 'next'} aria-current={index === at ? 'step' : undefined}>
            {step}
          </li>
        ))}
      </ol>
      {layout}
      <section aria-labelledby={head}>
        <div className={classes.head}>
          <h2 id={head} className={classes.title}>
            <Trans>Columns</Trans>
          </h2>
          <span className={classes.count} role="status">
            <Trans>
              {used} of {total} columns are read
            </Trans>
          </span>
        </div>
        <div className={classes.columns} role="table" aria-labelledby={head}>
          <div role="rowgroup" className={classes.names}>
            <div role="row" className={classes.row}>
              <span role="columnheader">
                <Trans>Column in the file</Trans>
              </span>
              <span role="columnheader">
                <Trans>First values</Trans>
              </span>
              <span role="columnheader">
                <Trans>What it is</Trans>
              </span>
            </div>
          </div>
          <div role="rowgroup">
            {columns.map((column) => (
              <Column key={column.name} column={column} groups={groups} field={fieldOf(column.name)} onAssign={onAssign} />
            ))}
          </div>
        </div>
      </section>
      {rest}
      {faults.length > 0 ? (
        <div role="alert" className={classes.faults}>
          <p>
            <Trans>The file cannot be read like this yet:</Trans>
          </p>
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.field} ${fault.message}`}>{fault.message}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}

interface ColumnProps {
  column: WizardColumn;
  groups: readonly WizardGroup[];
  field: string | null;
  onAssign: (column: string, field: string | null) => void;
}

function Column({ column, groups, field, onAssign }: ColumnProps) {
  const { t } = useLingui();
  const { name } = column;
  const data = [
    { value: '', label: t`Not read` },
    ...groups.map((group) => ({ group: group.label, items: group.fields.map((each) => ({ value: each.id, label: each.label })) })),
  ];
  return (
    <div role="row" className={classes.row} data-read={field !== null}>
      <span role="rowheader" className={classes.name}>
        {name}
      </span>
      <span role="cell" className={classes.samples}>
        {column.samples.length === 0 ? (
          <Trans>empty</Trans>
        ) : (
          column.samples.slice(0, 3).map((sample, index) => <span key={index}>{sample}</span>)
        )}
      </span>
      <span role="cell">
        <NativeSelect
          size="xs"
          aria-label={t`What column ${name} is`}
          value={field ?? ''}
          data={data}
          onChange={(event) => onAssign(name, event.currentTarget.value || null)}
        />
      </span>
    </div>
  );
}
