import { Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { StateLabel, type Tone } from '@console/app/StateLabel';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { RulesQuery } from './operations';
import classes from './RulesPage.module.css';

type Rule = ResultOf<typeof RulesQuery>['rules'][number];

const TONES: Record<string, Tone> = { LIVE: 'good', SCHEDULED: 'busy', DRAFT: 'warn', RETIRED: 'quiet' };

/** The earning rules, each read back as the sentence it means. */
export function RulesPage() {
  const { t } = useLingui();
  usePageTitle(t`Rules`);
  const rules = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => execute(RulesQuery, {}, signal).then((data) => data.rules) });
  return (
    <>
      <h1 className={page.title}>
        <Trans>Rules</Trans>
      </h1>
      <p className={page.lead}>
        <Trans>What earns points. A rule is never changed: a new version takes its place, and old receipts keep the old one.</Trans>
      </p>
      {rules.isPending ? [0, 1, 2].map((index) => <Skeleton key={index} height={76} mt="md" />) : null}
      {rules.isError && !rules.data ? <ErrorState error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data?.length === 0 ? <EmptyState icon="list" title={<Trans>No rules yet</Trans>} /> : null}
      {rules.data?.map((rule) => <RuleRow key={rule.id} rule={rule} />)}
    </>
  );
}

function RuleRow({ rule }: { rule: Rule }) {
  const { t } = useLingui();
  const format = useFormat();
  const points = usePoints();
  const states: Record<string, string> = { LIVE: t`Live`, SCHEDULED: t`Scheduled`, DRAFT: t`Draft`, RETIRED: t`Retired` };
  const from = rule.validFrom ? format.date(rule.validFrom) : null;
  const until = rule.validUntil ? format.date(rule.validUntil) : null;
  return (
    <article className={classes.rule}>
      <div>
        <h2 className={classes.name}>{rule.name}</h2>
        <div className={classes.meta}>
          <StateLabel tone={TONES[rule.state] ?? 'quiet'}>{states[rule.state] ?? rule.state}</StateLabel>
          <span>
            <Trans>version {rule.version}</Trans>
          </span>
          {from && until ? <span>{t`${from} to ${until}`}</span> : null}
          {from && !until ? <span>{t`from ${from}`}</span> : null}
          {!from && until ? <span>{t`until ${until}`}</span> : null}
          <span>{rule.code}</span>
        </div>
        <p className={classes.sentence}>{rule.sentence}</p>
      </div>
      <div className={classes.side}>
        <div className={classes.given}>
          {points.figure(rule.pointsGiven)}
        </div>
        <div className={classes.givenLabel}>
          <Trans>given so far</Trans>
        </div>
      </div>
    </article>
  );
}
