import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { Icon } from '@ui/components/Icon';
import { describeError } from '@ui/graphql/errors';
import { AwardFields } from './AwardFields';
import { ConditionFields } from './ConditionFields';
import { faultAt, takesBoosts, trialBody } from './form';
import { BoostFields, LimitFields } from './LimitFields';
import { isLimited, PublishText } from './PublishText';
import { RulePreview, useTrial } from './RulePreview';
import type { Version } from './ruleState';
import { useRuleDraft } from './useRuleDraft';
import classes from './RuleEditor.module.css';

interface RuleEditorProps {
  /** The version in the address bar. */
  address: string | null;
  /** The draft that is edited, or the published version that the next one starts from; null for a new rule. */
  start: Version | null;
  /** All of the rule's versions. */
  versions: readonly Version[];
}

/**
 * A rule as a form, with the server's reading of it beside. Made by hand of Mantine's inputs: react-querybuilder covers only the
 * conditions, brings its own look, and names no paths at which a refusal of the server could be placed.
 */
export function RuleEditor({ address, start, versions }: RuleEditorProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { form, change, body, kept, dirty, fault: refused, save, publish } = useRuleDraft(start);
  const [asking, setAsking] = useState(false);
  const { trial, fault: tried, problem, stale } = useTrial(trialBody(form), kept.ruleId);
  const fault = (path: string, within?: boolean) => faultAt(refused, path, within) ?? faultAt(tried, path, within);
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true });
  const parts = { form, onChange: change, fault };
  const busy = save.isPending || publish.isPending;

  // The draft has its own address from its first saving on.
  const settle = (versionId: string | null) => {
    if (versionId && versionId !== address) void navigate({ to: '/rules/$versionId/edit', params: { versionId }, replace: true, ignoreBlocker: true });
  };
  const saveDraft = () => save.mutate(undefined, { onSuccess: (next) => settle(next.versionId) });
  const askToPublish = () => {
    if (!dirty && kept.versionId) setAsking(true);
    else save.mutate(undefined, { onSuccess: () => setAsking(true) });
  };

  return (
    <>
      <Link to="/rules" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Rules</Trans>
      </Link>
      <h1 className={page.title}>{start ? start.name : <Trans>New rule</Trans>}</h1>
      <p className={page.lead}>
        {!start ? <Trans>It awards nothing until it is published.</Trans> : null}
        {start?.state === 'DRAFT' ? <Trans>Draft of version {start.version}. It awards nothing until it is published.</Trans> : null}
        {start && start.state !== 'DRAFT' ? <Trans>The next version, after version {start.version}. It awards nothing until it is published.</Trans> : null}
      </p>
      <div className={classes.columns}>
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            saveDraft();
          }}
        >
          <fieldset disabled={busy} className={classes.fields}>
            <section>
              <h2 className={page.subtitle}>
                <Trans>Name of the rule</Trans>
              </h2>
              <div className={classes.row}>
                <TextInput
                  label={t`In Polish`}
                  className={classes.half}
                  maxLength={120}
                  value={form.namePl}
                  onChange={(event) => change({ namePl: event.currentTarget.value })}
                  error={fault('rule.name')}
                />
                <TextInput
                  label={t`In English`}
                  className={classes.half}
                  placeholder={t`the same`}
                  maxLength={120}
                  value={form.nameEn}
                  onChange={(event) => change({ nameEn: event.currentTarget.value })}
                />
              </div>
              {start ? (
                <p className={classes.note}>
                  <Trans>The name is the rule's: saving changes it for every version.</Trans>
                </p>
              ) : null}
            </section>
            <section>
              <h2 className={page.subtitle}>
                <Trans>What is awarded</Trans>
              </h2>
              <AwardFields {...parts} />
            </section>
            <section>
              <h2 className={page.subtitle}>
                <Trans>For which purchases</Trans>
              </h2>
              <ConditionFields
                condition={form.when}
                path="rule.when"
                label={t`For which purchases`}
                empty={t`Every purchase.`}
                onChange={(when) => change({ when })}
                fault={fault}
              />
            </section>
            {takesBoosts(form.kind) ? (
              <section>
                <h2 className={page.subtitle}>
                  <Trans>When more</Trans>
                </h2>
                <BoostFields {...parts} />
              </section>
            ) : null}
            <section>
              <h2 className={page.subtitle}>
                <Trans>How much at most, and when to spend</Trans>
              </h2>
              <LimitFields {...parts} />
            </section>
            <section>
              <h2 className={page.subtitle}>
                <Trans>Period, by day of sale</Trans>
              </h2>
              <div className={classes.row}>
                <TextInput
                  type="date"
                  label={t`First day`}
                  value={form.from}
                  onChange={(event) => change({ from: event.currentTarget.value })}
                  error={fault('rule.valid_from')}
                />
                <TextInput
                  type="date"
                  label={t`Last day`}
                  value={form.until}
                  onChange={(event) => change({ until: event.currentTarget.value })}
                  error={fault('rule.valid_until')}
                />
              </div>
              <p className={classes.note}>
                {form.from ? <Trans>Without a last day it runs until it is ended.</Trans> : <Trans>Without a first day it also counts for earlier sales that are imported later.</Trans>}
              </p>
            </section>
          </fieldset>
          <div className={classes.actions}>
            <Only may="publishRule"><Button type="button" loading={publish.isPending} disabled={save.isPending} onClick={askToPublish}>
              <Trans>Publish…</Trans>
            </Button></Only>
            <Button type="submit" variant="default" loading={save.isPending} disabled={!dirty && kept.versionId !== null}>
              <Trans>Save draft</Trans>
            </Button>
            <span role="status" className={classes.saved}>
              {dirty ? <Trans>Not saved yet.</Trans> : kept.versionId ? <Trans>Draft saved.</Trans> : null}
            </span>
            {save.isError ? (
              <p role="alert" className={classes.fault}>
                {describeError(save.error)}
              </p>
            ) : null}
          </div>
        </form>
        <aside className={classes.aside} aria-label={t`Preview`}>
          <RulePreview trial={trial} problem={problem} stale={stale} known={start !== null} />
        </aside>
      </div>
      <ConfirmDialog
        opened={asking}
        title={<Trans>Publish this version?</Trans>}
        confirmLabel={<Trans>Publish</Trans>}
        pending={publish.isPending}
        error={publish.error ? describeError(publish.error) : null}
        onClose={() => {
          setAsking(false);
          publish.reset();
          settle(kept.versionId);
        }}
        onConfirm={() => {
          if (kept.versionId) publish.mutate(kept.versionId, { onSuccess: () => void navigate({ to: '/rules', ignoreBlocker: true }) });
        }}
      >
        <PublishText from={form.from || null} others={versions.filter((each) => each.id !== kept.versionId)} limited={isLimited(body)} />
      </ConfirmDialog>
      <ConfirmDialog
        opened={blocker.status === 'blocked'}
        danger
        title={<Trans>Leave without saving?</Trans>}
        confirmLabel={<Trans>Leave</Trans>}
        onClose={() => blocker.reset?.()}
        onConfirm={() => blocker.proceed?.()}
      >
        <p>
          <Trans>What you changed on this form is lost.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
