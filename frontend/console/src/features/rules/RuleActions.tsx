import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Only, useMay } from '@console/app/Only';
import { execute } from '@console/api';
import { ButtonLink } from '@ui/components/ButtonLink';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { DiscardRuleDraftMutation, EndRuleMutation, PublishRuleMutation } from './operations';
import { isLimited, PublishText } from './PublishText';
import { canEnd, todayInPoland, type Version } from './ruleState';
import classes from './RulesPage.module.css';

type Deed = 'publish' | 'end' | 'discard';

async function carryOut(deed: Deed, id: string): Promise<void> {
  const input = { id };
  if (deed === 'publish') throwOperationErrors((await execute(PublishRuleMutation, { input })).publishRule?.errors);
  else if (deed === 'end') throwOperationErrors((await execute(EndRuleMutation, { input })).endRule?.errors);
  else throwOperationErrors((await execute(DiscardRuleDraftMutation, { input })).discardRuleDraft?.errors);
}

/** What can be done with one version, each with its consequences said first. */
export function RuleActions({ version, siblings }: { version: Version; siblings: readonly Version[] }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Deed | null>(null);
  const act = useMutation({
    mutationFn: (deed: Deed) => carryOut(deed, version.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rules'] });
      setAsking(null);
    },
  });
  const draft = version.state === 'DRAFT';
  const others = siblings.filter((each) => each.id !== version.id);
  const dialog = (deed: Deed) => ({
    opened: asking === deed,
    pending: act.isPending,
    error: act.error ? describeError(act.error) : null,
    onClose: () => {
      act.reset();
      setAsking(null);
    },
    onConfirm: () => act.mutate(deed),
  });
  const may = useMay();
  const named = `${version.name}, ${t`version ${version.version}`}`;
  return (
    <div className={classes.buttons}>
      {draft ? (
        <>
          <Only may="publishRule"><Button size="compact-xs" onClick={() => setAsking('publish')} aria-label={`${t`Publish`}: ${named}`}>
            <Trans>Publish</Trans>
          </Button></Only>
          <Only may="saveRuleDraft"><ButtonLink size="compact-xs" variant="default" to="/rules/$versionId/edit" params={{ versionId: version.id }}>
            <Trans>Edit draft</Trans>
          </ButtonLink>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsking('discard')} aria-label={`${t`Discard`}: ${named}`}>
            <Trans>Discard</Trans>
          </Button></Only>
        </>
      ) : null}
      {canEnd(version, todayInPoland()) && may('endRule') ? (
        <Button size="compact-xs" variant="subtle" color="gray" className={classes.quiet} onClick={() => setAsking('end')} aria-label={`${t`End`}: ${named}`}>
          <Trans>End</Trans>
        </Button>
      ) : null}
      {draft ? (
        <>
          <ConfirmDialog {...dialog('publish')} title={<Trans>Publish this version?</Trans>} confirmLabel={<Trans>Publish</Trans>}>
            <p>{version.sentence}</p>
            <PublishText from={version.validFrom} others={others} limited={isLimited(version.body)} />
          </ConfirmDialog>
          <ConfirmDialog {...dialog('discard')} danger title={<Trans>Discard this draft?</Trans>} confirmLabel={<Trans>Discard the draft</Trans>}>
            <p>
              {others.length > 0 ? (
                <Trans>The draft is deleted. Published versions stay as they are.</Trans>
              ) : (
                <Trans>The draft is deleted, and the rule with it: it has no other version.</Trans>
              )}
            </p>
          </ConfirmDialog>
        </>
      ) : (
        <ConfirmDialog
          {...dialog('end')}
          danger
          title={version.state === 'SCHEDULED' ? <Trans>Withdraw this version before it begins?</Trans> : <Trans>Let this version end today?</Trans>}
          confirmLabel={version.state === 'SCHEDULED' ? <Trans>Withdraw it</Trans> : <Trans>End it today</Trans>}
        >
          <p>
            {version.state === 'SCHEDULED' ? (
              <Trans>It will never award anything. Versions that it was to replace are not prolonged.</Trans>
            ) : (
              <Trans>Today is its last day of sale: purchases of later days no longer earn by it. Points that it gave stay.</Trans>
            )}
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
