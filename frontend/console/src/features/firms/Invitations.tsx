import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { useFormat } from '@ui/format/useFormat';
import { describeError, toAppError } from '@ui/graphql/errors';
import { CancelFirmInvitationMutation, InviteToFirmMutation, type FirmQuery } from './operations';
import { useSpendings } from './spending';
import { useFirmChange } from './useFirmChange';
import classes from './Firm.module.css';

type Firm = NonNullable<ResultOf<typeof FirmQuery>['firm']>;

export function Invitations({ firm }: { firm: Firm }) {
  const { t } = useLingui();
  const spendings = useSpendings();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [spending, setSpending] = useState('approval');
  const invite = useFirmChange(
    async () => (await execute(InviteToFirmMutation, { input: { firmId: firm.id, email: email.trim(), name, spending } })).inviteToFirm?.errors,
    () => {
      setEmail('');
      setName('');
    },
  );
  const failed = invite.isError ? toAppError(invite.error) : null;
  const errorOf = (field: string) => (failed?.field === field ? describeError(failed) : undefined);
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Invitations</Trans>
      </h2>
      {firm.invitations.map((each) => (
        <Waiting key={each.id} firmId={firm.id} invitation={each} />
      ))}
      <Only may="inviteToFirm"><form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!invite.isPending) invite.mutate(undefined);
        }}
      >
        <TextInput
          size="xs"
          type="email"
          autoComplete="off"
          label={t`E-mail`}
          value={email}
          onChange={(event) => {
            invite.reset();
            setEmail(event.currentTarget.value);
          }}
          error={errorOf('email')}
        />
        <TextInput
          size="xs"
          autoComplete="off"
          label={t`First and last name`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('name')}
        />
        <NativeSelect size="xs" label={t`Spending points`} data={spendings} value={spending} onChange={(event) => setSpending(event.currentTarget.value)} />
        <Button type="submit" size="xs" loading={invite.isPending} disabled={email.trim() === ''}>
          <Trans>Invite a fitter</Trans>
        </Button>
      </form></Only>
      {failed && !failed.field ? <p role="alert">{describeError(failed)}</p> : null}
      <p className={classes.note} role="status">
        {invite.isSuccess ? <Trans>Sent. The invitation waits for 14 days.</Trans> : null}
      </p>
    </section>
  );
}

function Waiting({ firmId, invitation }: { firmId: string; invitation: Firm['invitations'][number] }) {
  const { t } = useLingui();
  const format = useFormat();
  const cancel = useFirmChange(
    async () => (await execute(CancelFirmInvitationMutation, { input: { firmId, id: invitation.id } })).cancelFirmInvitation?.errors,
  );
  return (
    <div className={classes.head}>
      <span>
        {[invitation.name, invitation.email].filter(Boolean).join(', ')} <span className={classes.note}>{t`until ${format.date(invitation.expiresAt)}`}</span>
      </span>
      <Only may="cancelFirmInvitation"><Button size="compact-xs" variant="subtle" aria-label={t`Take back the invitation of ${invitation.email}`} loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        <Trans>Take back</Trans>
      </Button></Only>
      {cancel.isError ? <p role="alert">{describeError(cancel.error)}</p> : null}
    </div>
  );
}
