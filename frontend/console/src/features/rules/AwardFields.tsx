import { NativeSelect, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { KINDS, type Kind, type RuleForm } from './form';
import { useCurrency } from './useRuleWords';
import classes from './RuleEditor.module.css';

export interface PartProps {
  form: RuleForm;
  onChange: (change: Partial<RuleForm>) => void;
  fault: (path: string, within?: boolean) => string | null;
}

/** What is awarded. */
export function AwardFields({ form, onChange, fault }: PartProps) {
  const { t } = useLingui();
  const currency = useCurrency();
  const kinds: Record<Kind, string> = {
    per_amount: t`for an amount spent`,
    per_unit: t`for each unit sold`,
    fixed: t`a fixed number`,
    multiplier: t`more of what other rules give`,
  };
  const points = (label: string) => (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      className={classes.number}
      value={form.points}
      onChange={(event) => onChange({ points: event.currentTarget.value })}
      error={fault('rule.award.points')}
    />
  );
  return (
    <div className={classes.row}>
      <NativeSelect
        label={t`Points are given`}
        size="xs"
        className={classes.wide}
        value={form.kind}
        data={KINDS.map((value) => ({ value, label: kinds[value] }))}
        onChange={(event) => onChange({ kind: event.currentTarget.value as Kind })}
        error={fault('rule.award.kind')}
      />
      {form.kind === 'per_amount' ? (
        <>
          {points(t`Points`)}
          <TextInput
            label={t`for every … net, in ${currency}`}
            inputMode="decimal"
            autoComplete="off"
            className={classes.number}
            value={form.per}
            onChange={(event) => onChange({ per: event.currentTarget.value })}
            error={fault('rule.award.per')}
          />
        </>
      ) : null}
      {form.kind === 'per_unit' ? points(t`Points per unit`) : null}
      {form.kind === 'fixed' ? (
        <>
          {points(t`Points`)}
          <NativeSelect
            label={t`for each`}
            size="xs"
            value={form.each}
            data={[
              { value: 'line', label: t`line of a document` },
              { value: 'document', label: t`document` },
            ]}
            onChange={(event) => onChange({ each: event.currentTarget.value })}
            error={fault('rule.award.each')}
          />
          {form.each === 'document' ? (
            <TextInput
              label={t`worth at least, in ${currency} net`}
              placeholder={t`any value`}
              inputMode="decimal"
              autoComplete="off"
              className={classes.number}
              value={form.least}
              onChange={(event) => onChange({ least: event.currentTarget.value })}
              error={fault('rule.award.least')}
            />
          ) : null}
        </>
      ) : null}
      {form.kind === 'multiplier' ? (
        <TextInput
          label={t`Times (above 1, up to 10)`}
          inputMode="decimal"
          autoComplete="off"
          className={classes.number}
          value={form.times}
          onChange={(event) => onChange({ times: event.currentTarget.value })}
          error={fault('rule.award.times')}
        />
      ) : null}
    </div>
  );
}
