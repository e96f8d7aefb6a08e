import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { useSurroundings } from '@ui/session/SessionContext';
import { Approvals } from './Approvals';
import { Evidence } from './Evidence';
import { Fitters } from './Fitters';
import { GivePoints } from './GivePoints';
import { Invitation } from './Invitation';
import { InviteForm } from './InviteForm';
import { LeaveFirmMutation } from './operations';
import { firmQuery, useFirmChange, type OwnFirm } from './useFirm';
import { useSpendings } from './useSpendings';
import classes from './Firm.module.css';

const SEPARATOR = ' · ';

/** The member's firm: for its owner people, shares, approvals and who got what; for a fitter their own place in it. */
export function FirmPage() {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  const query = useQuery(firmQuery);
  usePageTitle(t`My firm`);
  if (query.isError && !query.data) return <ErrorState page error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={280} mt="lg" />;
  const { firm, firmInvitations, firmOrders } = query.data;
  return (
    <>
      <h1 className={rows.page}>{firm?.name ?? <Trans>My firm</Trans>}</h1>
      {firm ? (
        <p className={classes.lead}>
          {firm.nip ? t`NIP ${firm.nip}` + SEPARATOR : null}
          {firm.owned ? <Trans>your firm</Trans> : <Trans>owner: {firm.ownerName}</Trans>}
        </p>
      ) : null}
      {firmInvitations.map((each) => (
        <Invitation key={each.id} invitation={{ ...each, kind: 'firm', invitedBy: '' }} leaves={firm?.name} onAccepted={() => undefined} />
      ))}
      {firm === null && firmInvitations.length === 0 ? (
        <EmptyState icon="person" title={<Trans>You belong to no firm here</Trans>}>
          <Trans>Whoever owns a firm in the program of {brand.name} can invite you by e-mail. The invitation appears here.</Trans>
        </EmptyState>
      ) : null}
      {firm?.owned ? (
        <>
          <Approvals orders={firmOrders} />
          <section className={rows.section} aria-labelledby="fitters-title">
            <h2 className={rows.title} id="fitters-title">
              <Trans>Fitters and their shares</Trans>
            </h2>
            <Fitters firm={firm} />
          </section>
          <InviteForm firm={firm} />
          <Evidence />
        </>
      ) : null}
      {firm && !firm.owned ? <Place firm={firm} /> : null}
    </>
  );
}

/** A fitter's own place, and the way out. */
function Place({ firm }: { firm: OwnFirm }) {
  const format = useFormat();
  const spending = useSpendings().find((each) => each.value === firm.mine.spending)?.label;
  const [asking, setAsking] = useState(false);
  const leave = useFirmChange(
    async () => (await execute(LeaveFirmMutation, { input: {} })).leaveFirm?.errors,
    () => setAsking(false),
  );
  return (
    <section className={rows.section}>
      <div className={rows.row} style={{ cursor: 'default' }}>
        <span className={rows.name}>
          <Trans>Your share of the firm's points</Trans>
        </span>
        <span className={rows.figure}>{format.quantity(firm.mine.percent ?? '0')}%</span>
      </div>
      <div className={rows.row} style={{ cursor: 'default' }}>
        <span className={rows.name}>
          <Trans>Spending points</Trans>
        </span>
        <span className={rows.subfigure}>{spending}</span>
      </div>
      <div className={rows.row} style={{ cursor: 'default' }}>
        <span className={rows.name}>
          <Trans>In the firm since</Trans>
        </span>
        <span className={rows.subfigure}>{format.date(firm.mine.joinedAt)}</span>
      </div>
      <div className={classes.actions} style={{ marginTop: '1.25rem' }}>
        <Button variant="default" onClick={() => setAsking(true)}>
          <Trans>Leave the firm</Trans>
        </Button>
        <GivePoints memberId={firm.ownerId} name={firm.ownerName} />
      </div>
      <ConfirmDialog
        opened={asking}
        title={<Trans>Leave {firm.name}?</Trans>}
        confirmLabel={<Trans>Leave the firm</Trans>}
        danger
        pending={leave.isPending}
        error={leave.isError ? describeError(leave.error) : undefined}
        onConfirm={() => leave.mutate(undefined)}
        onClose={() => setAsking(false)}
      >
        <p>
          <Trans>Your points and your history stay. You get no more points for what {firm.name} buys, and orders that wait for its approval are given back.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}
