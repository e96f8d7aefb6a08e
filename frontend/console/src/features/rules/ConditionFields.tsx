import { useId } from 'react';
import { Button, MultiSelect, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { clausePath, FIELDS, isMeasured, newLeaf, nextId, type Clause, type Condition, type Field, type Group, type Join, type Leaf } from './form';
import { useChoices, useCurrency, useFieldNames } from './useRuleWords';
import classes from './RuleEditor.module.css';

type FaultOf = (path: string, within?: boolean) => string | null;

interface ConditionProps {
  condition: Condition;
  path: string;
  /** Names the list for screen readers. */
  label: string;
  onChange: (condition: Condition) => void;
  fault: FaultOf;
  /** What is said when there is no condition. */
  empty?: string;
  /** Whether the last clause may go. */
  needed?: boolean;
}

/** Conditions joined by all or any, with one level of groups. */
export function ConditionFields({ condition, path, label, onChange, fault, empty, needed = false }: ConditionProps) {
  const { clauses, join } = condition;
  const put = (index: number, clause: Clause | null) =>
    onChange({ join, clauses: clauses.flatMap((each, at) => (at === index ? (clause ? [clause] : []) : [each])) });
  const own = fault(path) ?? fault(`${path}.any`) ?? fault(`${path}.all`);
  return (
    <div role="group" aria-label={label} className={classes.condition}>
      {clauses.length > 1 ? <JoinChoice join={join} onChange={(next) => onChange({ join: next, clauses })} /> : null}
      {clauses.length === 0 && empty ? <p className={classes.hint}>{empty}</p> : null}
      {clauses.map((clause, index) => (
        <ClauseFields
          key={clause.id}
          clause={clause}
          path={clausePath(path, condition, index)}
          onChange={(next) => put(index, next)}
          onRemove={needed && clauses.length === 1 ? null : () => put(index, null)}
          fault={fault}
        />
      ))}
      {own ? <p className={classes.fault}>{own}</p> : null}
      <div className={classes.buttons}>
        <Button variant="default" size="compact-xs" onClick={() => onChange({ join, clauses: [...clauses, newLeaf()] })}>
          <Trans>Add a condition</Trans>
        </Button>
        {clauses.length > 0 ? (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() =>
              onChange({
                join,
                clauses: [...clauses, { type: 'group', id: nextId(), not: false, join: join === 'all' ? 'any' : 'all', leaves: [newLeaf(), newLeaf()] }],
              })
            }
          >
            <Trans>Add a group</Trans>
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function JoinChoice({ join, onChange }: { join: Join; onChange: (join: Join) => void }) {
  const { t } = useLingui();
  return (
    <NativeSelect
      size="xs"
      className={classes.join}
      aria-label={t`How the conditions are joined`}
      value={join}
      data={[
        { value: 'all', label: t`all of these are true` },
        { value: 'any', label: t`at least one of these is true` },
      ]}
      onChange={(event) => onChange(event.currentTarget.value as Join)}
    />
  );
}

interface ClauseProps<T extends Clause> {
  clause: T;
  path: string;
  onChange: (clause: T) => void;
  onRemove: (() => void) | null;
  fault: FaultOf;
}

function ClauseFields({ clause, onChange, ...rest }: ClauseProps<Clause>) {
  if (clause.type === 'leaf') return <LeafFields clause={clause} onChange={onChange} {...rest} />;
  if (clause.type === 'group') return <GroupFields clause={clause} onChange={onChange} {...rest} />;
  return <KeptPart node={clause.node} fault={rest.fault(rest.path, true)} onRemove={rest.onRemove} />;
}

function KeptPart({ node, fault, onRemove }: { node: unknown; fault: string | null; onRemove: (() => void) | null }) {
  return (
    <div className={classes.group}>
      <p className={classes.hint}>
        <Trans>This part has more levels than the form. It stays as it is.</Trans>
      </p>
      <code className={classes.code}>{JSON.stringify(node)}</code>
      {fault ? <p className={classes.fault}>{fault}</p> : null}
      {onRemove ? <RemoveButton onClick={onRemove} /> : null}
    </div>
  );
}

export function RemoveButton({ onClick, what }: { onClick: () => void; what?: string }) {
  const { t } = useLingui();
  return (
    <Button variant="subtle" color="gray" size="compact-xs" className={classes.remove} aria-label={what ? t`Remove: ${what}` : undefined} onClick={onClick}>
      <Trans>Remove</Trans>
    </Button>
  );
}

function GroupFields({ clause, path, onChange, onRemove, fault }: ClauseProps<Group>) {
  const { t } = useLingui();
  const { leaves, join } = clause;
  return (
    <div role="group" aria-label={t`Group of conditions`} className={classes.group}>
      <div className={classes.row}>
        <NativeSelect
          size="xs"
          aria-label={t`Whether the group holds`}
          value={clause.not ? 'not' : 'is'}
          data={[
            { value: 'is', label: t`the group holds` },
            { value: 'not', label: t`the group does not hold` },
          ]}
          onChange={(event) => onChange({ ...clause, not: event.currentTarget.value === 'not' })}
        />
        <JoinChoice join={join} onChange={(next) => onChange({ ...clause, join: next })} />
      </div>
      {leaves.map((leaf, index) => (
        <LeafFields
          key={leaf.id}
          clause={leaf}
          path={`${path}.${join}[${index}]${leaf.not ? '.not' : ''}`}
          onChange={(next) => onChange({ ...clause, leaves: leaves.map((each) => (each.id === leaf.id ? next : each)) })}
          onRemove={leaves.length > 1 ? () => onChange({ ...clause, leaves: leaves.filter((each) => each.id !== leaf.id) }) : null}
          fault={fault}
        />
      ))}
      <div className={classes.buttons}>
        <Button variant="default" size="compact-xs" onClick={() => onChange({ ...clause, leaves: [...leaves, newLeaf()] })}>
          <Trans>Add to the group</Trans>
        </Button>
        {onRemove ? (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={onRemove}>
            <Trans>Remove the group</Trans>
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function LeafFields({ clause, path, onChange, onRemove, fault }: ClauseProps<Leaf>) {
  const { t } = useLingui();
  const names = useFieldNames();
  const { field } = clause;
  const measured = isMeasured(field);
  const id = useId();
  return (
    <div className={classes.leaf}>
      <NativeSelect
        size="xs"
        aria-label={t`Condition on`}
        value={field}
        data={FIELDS.map((value) => ({ value, label: names[value] }))}
        onChange={(event) => onChange({ ...clause, field: event.currentTarget.value as Field, values: [], least: '' })}
        error={fault(`${path}.field`)}
      />
      <NativeSelect
        size="xs"
        aria-label={t`Whether it fits`}
        value={clause.not ? 'not' : 'is'}
        data={[
          { value: 'is', label: measured ? t`at least` : t`is one of` },
          { value: 'not', label: measured ? t`below` : t`is none of` },
        ]}
        onChange={(event) => onChange({ ...clause, not: event.currentTarget.value === 'not' })}
      />
      <Values key={field} id={id} clause={clause} label={names[field]} onChange={onChange} error={fault(`${path}.in`) ?? fault(`${path}.at_least`) ?? fault(path)} />
      {onRemove ? <RemoveButton what={names[field]} onClick={onRemove} /> : null}
    </div>
  );
}

interface ValuesProps {
  id: string;
  clause: Leaf;
  label: string;
  onChange: (clause: Leaf) => void;
  error: string | null;
}

function Values({ id, clause, label, onChange, error }: ValuesProps) {
  const { t } = useLingui();
  const currency = useCurrency();
  const choices = useChoices();
  const { field, values } = clause;
  const common = { id, size: 'xs' as const, className: classes.values, error, 'aria-label': label };
  if (isMeasured(field)) {
    return (
      <TextInput
        {...common}
        inputMode="decimal"
        autoComplete="off"
        rightSection={field === 'value' ? <span className={classes.unit}>{currency}</span> : null}
        value={clause.least}
        onChange={(event) => onChange({ ...clause, least: event.currentTarget.value })}
      />
    );
  }
  const set = (next: string[]) => onChange({ ...clause, values: next });
  if (field === 'sku') {
    return <TagsInput {...common} value={values} onChange={set} acceptValueOnBlur placeholder={values.length ? '' : t`SKU, then Enter`} splitChars={[',', ';', ' ']} />;
  }
  return (
    <MultiSelect
      {...common}
      searchable
      hidePickedOptions
      value={values}
      onChange={set}
      data={choices(field, values)}
      placeholder={values.length ? '' : t`Choose`}
      nothingFoundMessage={t`Nothing like that`}
      comboboxProps={{ withinPortal: true }}
      maxDropdownHeight={280}
    />
  );
}
