import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { PartProps } from './AwardFields';
import { ConditionFields, RemoveButton } from './ConditionFields';
import { MAX_BOOSTS, newBoost, newCap, type Boost, type Cap } from './form';
import classes from './RuleEditor.module.css';

/** More points when something else is true as well. */
export function BoostFields({ form, onChange, fault }: PartProps) {
  const { t } = useLingui();
  const put = (id: number, change: Partial<Boost>) => onChange({ boosts: form.boosts.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  const own = fault('rule.boosts');
  return (
    <>
      {form.boosts.map((boost, index) => {
        const path = `rule.boosts[${index}]`;
        const what = t`Boost ${index + 1}`;
        return (
          <div key={boost.id} role="group" aria-label={what} className={classes.group}>
            <div className={classes.row}>
              <TextInput
                label={t`Times`}
                inputMode="decimal"
                autoComplete="off"
                className={classes.number}
                value={boost.times}
                onChange={(event) => put(boost.id, { times: event.currentTarget.value })}
                error={fault(`${path}.times`) ?? fault(path)}
              />
              <span className={classes.word}>
                <Trans>when</Trans>
              </span>
              <RemoveButton what={what} onClick={() => onChange({ boosts: form.boosts.filter((each) => each.id !== boost.id) })} />
            </div>
            <ConditionFields condition={boost.when} path={`${path}.when`} label={t`When the boost applies`} onChange={(when) => put(boost.id, { when })} fault={fault} needed />
          </div>
        );
      })}
      {own ? <p className={classes.fault}>{own}</p> : null}
      {form.boosts.length < MAX_BOOSTS ? (
        <Button variant="default" size="compact-xs" onClick={() => onChange({ boosts: [...form.boosts, newBoost()] })}>
          <Trans>Add a boost</Trans>
        </Button>
      ) : null}
    </>
  );
}

/** How much at most: for one member or firm in a period, and for all together. */
export function LimitFields({ form, onChange, fault }: PartProps) {
  const { t } = useLingui();
  const put = (id: number, change: Partial<Cap>) => onChange({ caps: form.caps.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  const periods = [
    { value: 'day', label: t`a day` },
    { value: 'month', label: t`a month` },
    { value: 'quarter', label: t`a quarter` },
    { value: 'year', label: t`a year` },
    { value: 'ever', label: t`in all` },
  ];
  const owners = [
    { value: 'member', label: t`per member` },
    { value: 'firm', label: t`per firm` },
  ];
  const own = fault('rule.caps');
  return (
    <>
      {form.caps.map((cap, index) => {
        const path = `rule.caps[${index}]`;
        const what = t`Cap ${index + 1}`;
        return (
          <div key={cap.id} role="group" aria-label={what} className={classes.row}>
            <TextInput
              label={t`At most, points`}
              inputMode="decimal"
              autoComplete="off"
              className={classes.number}
              value={cap.points}
              onChange={(event) => put(cap.id, { points: event.currentTarget.value })}
              error={fault(`${path}.points`) ?? fault(path)}
            />
            <NativeSelect size="xs" label={t`Period`} value={cap.per} data={periods} onChange={(event) => put(cap.id, { per: event.currentTarget.value })} error={fault(`${path}.per`)} />
            <NativeSelect size="xs" label={t`For whom`} value={cap.for} data={owners} onChange={(event) => put(cap.id, { for: event.currentTarget.value })} error={fault(`${path}.for`)} />
            <RemoveButton what={what} onClick={() => onChange({ caps: form.caps.filter((each) => each.id !== cap.id) })} />
          </div>
        );
      })}
      {own ? <p className={classes.fault}>{own}</p> : null}
      <div>
        <Button variant="default" size="compact-xs" onClick={() => onChange({ caps: [...form.caps, newCap()] })}>
          <Trans>Add a cap</Trans>
        </Button>
      </div>
      <div className={classes.row}>
        <TextInput
          label={t`Budget of the whole rule, points`}
          placeholder={t`no limit`}
          inputMode="decimal"
          autoComplete="off"
          className={classes.half}
          value={form.budget}
          onChange={(event) => onChange({ budget: event.currentTarget.value })}
          error={fault('rule.budget')}
        />
        <TextInput
          label={t`Days until the points can be spent`}
          placeholder={t`at once`}
          inputMode="numeric"
          autoComplete="off"
          className={classes.half}
          value={form.days}
          onChange={(event) => onChange({ days: event.currentTarget.value })}
          error={fault('rule.matures_after_days')}
        />
      </div>
    </>
  );
}
