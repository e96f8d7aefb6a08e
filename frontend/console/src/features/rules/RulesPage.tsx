import { Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Only, useMay } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { toChartNumber } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { RuleActions } from './RuleActions';
import { groupsOf, rulesQuery, stateName, stateTone, type RuleGroup, type Version } from './ruleState';
import classes from './RulesPage.module.css';

/** The earning rules, each read back as the sentence it means, with its versions. */
export function RulesPage() {
  const { t } = useLingui();
  usePageTitle(t`Rules`);
  const rules = useQuery(rulesQuery);
  const groups = groupsOf(rules.data ?? []);
  const add = (
    <Only may="saveRuleDraft"><ButtonLink to="/rules/new">
      <Trans>New rule</Trans>
    </ButtonLink></Only>
  );
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Rules</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>What earns points. A rule is never changed: a new version takes its place, and old receipts keep the old one.</Trans>
          </p>
        </div>
        {groups.length > 0 ? add : null}
      </div>
      {rules.isPending ? [0, 1, 2].map((index) => <Skeleton key={index} height={76} mt="md" />) : null}
      {rules.isError && !rules.data ? <ErrorState error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data?.length === 0 ? <EmptyState icon="list" title={<Trans>No rules yet</Trans>} action={add} /> : null}
      {groups.map((group) => (
        <RuleCard key={group.ruleId} group={group} />
      ))}
    </>
  );
}

function RuleCard({ group }: { group: RuleGroup }) {
  const { t } = useLingui();
  const { current, past, name } = group;
  const all = [...current, ...past];
  const shown = current.length > 0 ? current : past.slice(0, 1);
  const earlier = current.length > 0 ? past : past.slice(1);
  const latest = shown[0];
  const may = useMay();
  const drafted = current.some((version) => version.state === 'DRAFT');
  return (
    <article className={classes.rule}>
      <div className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <span className={classes.code}>{group.code}</span>
        {latest && !drafted && may('saveRuleDraft') ? (
          <ButtonLink
            size="compact-xs"
            variant="default"
            className={classes.anew}
            to="/rules/$versionId/edit"
            params={{ versionId: latest.id }}
            aria-label={`${t`New version`}: ${name}`}
          >
            <Trans>New version</Trans>
          </ButtonLink>
        ) : null}
      </div>
      {shown.map((version) => (
        <VersionRow key={version.id} version={version} siblings={all} />
      ))}
      {earlier.length > 0 ? (
        <details className={classes.more}>
          <summary>
            <Trans>Earlier versions ({earlier.length})</Trans>
          </summary>
          {earlier.map((version) => (
            <VersionRow key={version.id} version={version} siblings={all} />
          ))}
        </details>
      ) : null}
      {group.timeline.length > 0 ? (
        <details className={classes.more}>
          <summary>
            <Trans>What happened</Trans>
          </summary>
          <div className={classes.timeline}>
            <Timeline events={group.timeline} label={t`What happened`} />
          </div>
        </details>
      ) : null}
    </article>
  );
}

function VersionRow({ version, siblings }: { version: Version; siblings: readonly Version[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const from = version.validFrom ? format.date(version.validFrom) : null;
  const until = version.validUntil ? format.date(version.validUntil) : null;
  return (
    <div className={classes.version} data-state={version.state} data-testid="rule-version">
      <div>
        <div className={classes.meta}>
          <StateLabel tone={stateTone(version.state)}>{stateName(version.state)}</StateLabel>
          <span>
            <Trans>version {version.version}</Trans>
          </span>
          {from && until ? <span>{t`${from} to ${until}`}</span> : null}
          {from && !until ? <span>{t`from ${from}`}</span> : null}
          {!from && until ? <span>{t`until ${until}`}</span> : null}
        </div>
        <p className={classes.sentence}>{version.sentence}</p>
        <RuleActions version={version} siblings={siblings} />
      </div>
      {version.state === 'DRAFT' ? null : (
        <div className={classes.side}>
          <div className={classes.given}>{points.figure(version.pointsGiven)}</div>
          <div className={classes.givenLabel}>
            <Trans>given so far</Trans>
          </div>
          {version.budget ? <Budget spent={version.spent} budget={version.budget} name={version.name} /> : null}
        </div>
      )}
    </div>
  );
}

function Budget({ spent, budget, name }: { spent: string; budget: string; name: string }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <div className={classes.budget}>
      <meter aria-label={t`Budget used: ${name}`} min={0} max={toChartNumber(budget)} value={toChartNumber(spent)} />
      <div className={classes.givenLabel}>
        <Trans>
          {format.points(spent)} of {format.points(budget)} of the budget
        </Trans>
      </div>
    </div>
  );
}
