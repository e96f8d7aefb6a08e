import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Locked, Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { Icon } from '@ui/components/Icon';
import { Timeline } from '@ui/components/Timeline';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { LimitForm } from './LimitForm';
import { SetPartnerEnabledMutation, SyncCatalogMutation, type PartnersQuery } from './operations';
import { partnerState } from './partnerState';
import { PartnerCalls } from './PartnerCalls';
import classes from './Rewards.module.css';

export type Partner = ResultOf<typeof PartnersQuery>['partners'][number];

export function PartnerSection({ partner }: { partner: Partner }) {
  const { t } = useLingui();
  const format = useFormat();
  const state = partnerState(partner);
  const pool = partner.adapter === 'pool';
  return (
    <section className={classes.partner} aria-labelledby={`partner-${partner.id}`}>
      <div className={classes.partnerHead}>
        <div>
          <h2 id={`partner-${partner.id}`} className={classes.partnerName}>
            {partner.name}
          </h2>
          <StateLabel tone={state.tone}>{state.text}</StateLabel>
        </div>
        <PartnerButtons partner={partner} />
      </div>
      {partner.balanceIsLow && partner.balance ? (
        <p className={classes.warning} role="alert">
          <Icon name="alert" size={18} />
          <Trans>The balance is low: {format.money(partner.balance)}. Orders fail once it is used up.</Trans>
        </p>
      ) : null}
      {pool ? (
        <p className={classes.hint}>
          <Trans>Your own codes, uploaded with each reward. Nobody is asked when they are given out.</Trans>
        </p>
      ) : (
        <>
          <PartnerFacts partner={partner} />
          <div className={page.section}>
            <Locked may="setLowBalance"><LimitForm key={partner.lowBalance?.amount ?? ''} partner={partner} /></Locked>
          </div>
          <details className={classes.more}>
            <summary>
              <Trans>Latest calls</Trans>
            </summary>
            <PartnerCalls calls={partner.calls} />
          </details>
        </>
      )}
      <details className={classes.more}>
        <summary>
          <Trans>What happened</Trans>
        </summary>
        <Timeline events={partner.timeline} label={t`What happened`} />
      </details>
    </section>
  );
}

function PartnerFacts({ partner }: { partner: Partner }) {
  const format = useFormat();
  return (
    <dl className={page.facts}>
      <dt>
        <Trans>Balance</Trans>
      </dt>
      <dd>
        {partner.balance && partner.balanceAt ? (
          <Trans>
            {format.money(partner.balance)}, as of {format.dateTime(partner.balanceAt)}
          </Trans>
        ) : (
          <Trans>not asked yet</Trans>
        )}
      </dd>
      <dt>
        <Trans>Catalog</Trans>
      </dt>
      <dd>
        <SyncState partner={partner} />
      </dd>
      <dt>
        <Trans>Webhooks</Trans>
      </dt>
      <dd>
        <code>{partner.webhookPath}</code>
        {partner.refusedWebhooks > 0 ? (
          <>
            {' '}
            <Trans>({format.count(partner.refusedWebhooks)} refused)</Trans>
          </>
        ) : null}
      </dd>
    </dl>
  );
}

function SyncState({ partner }: { partner: Partner }) {
  const format = useFormat();
  if (partner.syncState === 'ASKED') return <Trans>being fetched …</Trans>;
  const at = partner.syncAt ? format.dateTime(partner.syncAt) : '';
  if (partner.syncState === 'FAILED') return <Trans>could not be fetched ({at}); try again later</Trans>;
  if (partner.syncState !== 'DONE') return <Trans>not fetched yet</Trans>;
  const [added, changed, gone] = [partner.syncAdded, partner.syncChanged, partner.syncGone].map((count) => format.count(count ?? 0));
  return (
    <Trans>
      fetched {at}: {added} new, {changed} changed, {gone} gone
    </Trans>
  );
}

function PartnerButtons({ partner }: { partner: Partner }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const again = () => Promise.all([client.invalidateQueries({ queryKey: ['partners'] }), client.invalidateQueries({ queryKey: ['rewards'] })]);
  const sync = useMutation({
    mutationFn: async () => {
      const { syncCatalog } = await execute(SyncCatalogMutation, { input: { id: partner.id } });
      throwOperationErrors(syncCatalog?.errors);
    },
    onSuccess: again,
  });
  const enable = useMutation({
    mutationFn: async (enabled: boolean) => {
      const { setPartnerEnabled } = await execute(SetPartnerEnabledMutation, { input: { id: partner.id, enabled } });
      throwOperationErrors(setPartnerEnabled?.errors);
    },
    onSuccess: async () => {
      await again();
      setAsking(false);
    },
  });
  return (
    <div>
      <Only may="setPartnerEnabled"><div className={classes.buttons}>
        {partner.adapter === 'pool' ? null : (
          <Button size="xs" variant="default" disabled={!partner.enabled} loading={sync.isPending || partner.syncState === 'ASKED'} onClick={() => sync.mutate()}>
            <Trans>Fetch the catalog</Trans>
          </Button>
        )}
        <Button size="xs" variant={partner.enabled ? 'default' : 'filled'} onClick={() => setAsking(true)}>
          {partner.enabled ? <Trans>Pause</Trans> : <Trans>Resume</Trans>}
        </Button>
      </div></Only>
      {sync.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(sync.error)}
        </p>
      ) : null}
      <ConfirmDialog
        opened={asking}
        title={partner.enabled ? <Trans>Pause {partner.name}?</Trans> : <Trans>Resume {partner.name}?</Trans>}
        confirmLabel={partner.enabled ? <Trans>Pause</Trans> : <Trans>Resume</Trans>}
        pending={enable.isPending}
        error={enable.error ? describeError(enable.error) : null}
        onClose={() => {
          enable.reset();
          setAsking(false);
        }}
        onConfirm={() => enable.mutate(!partner.enabled)}
      >
        <p>
          {partner.enabled ? (
            <Trans>Its rewards stay in the shop. New orders wait, with their points held, until you resume.</Trans>
          ) : (
            <Trans>Orders that wait are issued now, one after another.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </div>
  );
}
