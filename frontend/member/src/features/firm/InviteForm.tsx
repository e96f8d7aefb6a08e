import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { useFormat } from '@ui/format/useFormat';
import { describeError, toAppError } from '@ui/graphql/errors';
import { CancelInvitationMutation, InviteFitterMutation } from './operations';
import { useFirmChange, type OwnFirm } from './useFirm';
import { useSpendings } from './useSpendings';
import classes from './Firm.module.css';

export function InviteForm({ firm }: { firm: OwnFirm }) {
  const { t } = useLingui();
  const spendings = useSpendings();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [spending, setSpending] = useState('approval');
  const invite = useFirmChange(
    async () => (await execute(InviteFitterMutation, { input: { email: email.trim(), name, spending } })).inviteFitter?.errors,
    () => {
      setEmail('');
      setName('');
    },
  );
  const failed = invite.isError ? toAppError(invite.error) : null;
  const errorOf = (field: string) => (failed?.field === field ? describeError(failed) : undefined);
  return (
    <section className={rows.section} aria-labelledby="invite-title">
      <h2 className={rows.title} id="invite-title">
        <Trans>Invite a fitter</Trans>
      </h2>
      {firm.invitations.map((each) => (
        <Waiting key={each.id} invitation={each} />
      ))}
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!invite.isPending) invite.mutate(undefined);
        }}
      >
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => {
            invite.reset();
            setEmail(event.currentTarget.value);
          }}
          error={errorOf('email')}
        />
        <TextInput
          label={t`First and last name`}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('name')}
        />
        <NativeSelect label={t`Spending points`} data={spendings} value={spending} onChange={(event) => setSpending(event.currentTarget.value)} />
        <div className={classes.actions}>
          <Button type="submit" loading={invite.isPending} disabled={email.trim() === ''}>
            <Trans>Send the invitation</Trans>
          </Button>
        </div>
        {failed && !failed.field ? <p role="alert">{describeError(failed)}</p> : null}
        <p className={classes.muted} role="status">
          {invite.isSuccess ? <Trans>Sent. The invitation waits for 14 days.</Trans> : <Trans>The person signs in with this address and decides.</Trans>}
        </p>
      </form>
    </section>
  );
}

function Waiting({ invitation }: { invitation: OwnFirm['invitations'][number] }) {
  const format = useFormat();
  const cancel = useFirmChange(async () => (await execute(CancelInvitationMutation, { input: { id: invitation.id } })).cancelInvitation?.errors);
  return (
    <div className={rows.row} style={{ cursor: 'default' }}>
      <div>
        <div className={rows.name}>{invitation.name || invitation.email}</div>
        <div className={rows.note}>
          {invitation.name ? `${invitation.email} · ` : null}
          <Trans>invited, until {format.date(invitation.expiresAt)}</Trans>
        </div>
        {cancel.isError ? <p role="alert">{describeError(cancel.error)}</p> : null}
      </div>
      <Button variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        <Trans>Take back</Trans>
      </Button>
    </div>
  );
}
