import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { answerInvitation, type ReceivedInvitation } from './invitations';
import { useFirmChange } from './useFirm';
import classes from './Firm.module.css';

interface InvitationProps {
  invitation: ReceivedInvitation;
  /** The firm that accepting would leave. */
  leaves?: string | undefined;
  onAccepted: () => void;
}

/** An invitation into a firm, or of one's firm into the program: what it means, then yes or no. */
export function Invitation({ invitation, leaves, onAccepted }: InvitationProps) {
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const accept = useFirmChange(() => answerInvitation(invitation, 'accept'), onAccepted);
  const decline = useFirmChange(() => answerInvitation(invitation, 'decline'));
  const failed = accept.error ?? decline.error;
  const ofFirm = invitation.kind === 'firm';
  return (
    <div className={classes.card}>
      <div>
        <div className={classes.strong}>
          {ofFirm ? <Trans>{invitation.firmName} invites you</Trans> : <IntoProgram invitation={invitation} />}
        </div>
        <p className={classes.muted}>
          {ofFirm ? (
            <Trans>The firm can give you a share of the points for what it buys. The points are yours, also when you leave. You can decide until {format.date(invitation.expiresAt)}.</Trans>
          ) : (
            <Trans>What the firm buys gives points, and you decide about them. You can decide until {format.date(invitation.expiresAt)}.</Trans>
          )}
        </p>
      </div>
      <div className={classes.actions}>
        <Button loading={accept.isPending} onClick={() => (leaves ? setAsking(true) : accept.mutate(undefined))}>
          {ofFirm ? <Trans>Join the firm</Trans> : <Trans>Join the program</Trans>}
        </Button>
        <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate(undefined)}>
          <Trans>No, thank you</Trans>
        </Button>
      </div>
      {failed && !asking ? <p role="alert">{describeError(failed)}</p> : null}
      <ConfirmDialog
        opened={asking}
        title={<Trans>Leave {leaves} and join {invitation.firmName}?</Trans>}
        confirmLabel={<Trans>Join the firm</Trans>}
        pending={accept.isPending}
        error={accept.isError ? describeError(accept.error) : undefined}
        onConfirm={() => accept.mutate(undefined)}
        onClose={() => setAsking(false)}
      >
        <p>
          <Trans>Your points and your history stay. You get no more points for what {leaves} buys, and orders that wait for its approval are given back.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}

function IntoProgram({ invitation }: { invitation: ReceivedInvitation }) {
  if (!invitation.invitedBy) return <Trans>{invitation.firmName} is invited into the program</Trans>;
  return (
    <Trans>
      {invitation.invitedBy} invites {invitation.firmName} into the program
    </Trans>
  );
}
