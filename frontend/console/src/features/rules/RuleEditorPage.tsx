import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { RuleEditor } from './RuleEditor';
import { rulesQuery } from './ruleState';

/** A draft, or what the next version of a published rule starts from. */
export function RuleEditorPage() {
  const { t } = useLingui();
  const { versionId } = useParams({ from: '/rules/$versionId/edit' });
  const rules = useQuery(rulesQuery);
  const asked = rules.data?.find((each) => each.id === versionId);
  usePageTitle(asked ? asked.name : t`Rule`);
  if (!rules.data) return rules.isError ? <ErrorState page error={rules.error} onRetry={() => void rules.refetch()} /> : <PagePending />;
  if (!asked) {
    const all = (
      <ButtonLink to="/rules">
        <Trans>Rules</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="list" title={<Trans>There is no such rule</Trans>} action={all} />;
  }
  const versions = rules.data.filter((each) => each.ruleId === asked.ruleId);
  // a rule has one draft: whoever comes by an older version goes on with it
  const start = versions.find((each) => each.state === 'DRAFT') ?? asked;
  return <RuleEditor key={versionId} address={versionId} start={start} versions={versions} />;
}

export function NewRulePage() {
  const { t } = useLingui();
  usePageTitle(t`New rule`);
  return <RuleEditor address={null} start={null} versions={[]} />;
}
