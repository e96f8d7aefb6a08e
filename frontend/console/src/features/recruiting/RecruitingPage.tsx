import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { Credits } from './Credits';
import { InviteForm } from './InviteForm';
import { invitationStateName, invitationTone } from './invitationState';
import { CancelProgramInvitationMutation, RecruitingQuery } from './operations';
import classes from './Recruiting.module.css';

type Invitation = ResultOf<typeof RecruitingQuery>['programInvitations'][number];

/** Firms that were asked into the program, and what representatives are credited with. */
export function RecruitingPage() {
  const { t } = useLingui();
  usePageTitle(t`Invitations`);
  const query = useQuery({ queryKey: ['recruiting'], queryFn: ({ signal }) => execute(RecruitingQuery, {}, signal) });
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const { programInvitations, recruiterCredits, recruitingTimeline } = query.data;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Invitations</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Invite who stands for a firm. They get a message, and become a member once they accept.</Trans>
          </p>
        </div>
      </div>
      <Only may="inviteToProgram">
        <InviteForm />
      </Only>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>Invited firms</Trans>
        </h2>
        {programInvitations.length === 0 ? (
          <EmptyState icon="people" title={<Trans>No invitations yet</Trans>}>
            <Trans>Every invitation is listed here, with what became of it.</Trans>
          </EmptyState>
        ) : null}
        <ul>
          {programInvitations.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </section>
      {recruiterCredits.length > 0 ? <Credits rows={recruiterCredits} /> : null}
      {recruitingTimeline.length > 0 ? (
        <section className={page.section}>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={recruitingTimeline} label={t`What happened`} />
        </section>
      ) : null}
    </>
  );
}

function Row({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { name, firmName, nip, email, state, invitedBy, decisionMaker } = invitation;
  const cancel = useMutation({
    mutationFn: async () => {
      const { cancelProgramInvitation } = await execute(CancelProgramInvitationMutation, { input: { id: invitation.id } });
      throwOperationErrors(cancelProgramInvitation?.errors);
    },
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: ['recruiting'] });
    },
  });
  return (
    <li className={classes.row} data-testid="invitation-row">
      <div>
        <div className={classes.name}>{firmName}</div>
        <div className={page.quiet}>NIP {nip}</div>
      </div>
      <div className={classes.person}>
        <div>{name}</div>
        <div className={page.quiet}>{email}</div>
        {decisionMaker && decisionMaker !== name ? <div className={page.quiet}><Trans>Decides what is bought: {decisionMaker}</Trans></div> : null}
      </div>
      <div>
        <StateLabel tone={invitationTone(state)}>{invitationStateName(state)}</StateLabel>
        <div className={page.quiet}>{t`Invited by ${invitedBy}, ${format.date(invitation.createdAt)}`}</div>
        {state === 'pending' ? <div className={page.quiet}>{t`Waits until ${format.date(invitation.expiresAt)}`}</div> : null}
      </div>
      {invitation.canCancel ? (
        <Only may="cancelProgramInvitation">
          <Button variant="default" size="xs" aria-label={t`Take back the invitation of ${email}`} onClick={() => setAsking(true)}>
            <Trans>Take back</Trans>
          </Button>
        </Only>
      ) : null}
      <ConfirmDialog
        opened={asking}
        title={<Trans>Take back the invitation of {firmName}?</Trans>}
        confirmLabel={<Trans>Take back</Trans>}
        danger
        pending={cancel.isPending}
        error={cancel.isError ? describeError(cancel.error) : null}
        onConfirm={() => cancel.mutate()}
        onClose={() => {
          cancel.reset();
          setAsking(false);
        }}
      >
        <Trans>{name} can no longer accept it. You can invite them again later.</Trans>
      </ConfirmDialog>
    </li>
  );
}
