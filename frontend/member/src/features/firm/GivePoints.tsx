import { useRef, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import '@mantine/core/styles/Input.layer.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { execute } from '@member/api';
import { newKey } from '@member/features/checkout/attempt';
import { balanceQuery, usePoints } from '@member/features/program/queries';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { compareDecimals, isZero, parseTypedAmount } from '@ui/format/decimal';
import { Refusal } from '@member/features/program/Refusal';
import { toAppError } from '@ui/graphql/errors';
import { GivePointsMutation } from './operations';
import { useFirmChange } from './useFirm';
import classes from './Firm.module.css';

/** Passes one's own points on to somebody of the firm. One key per opened dialog: pressed twice, or sent again after a silence, it gives once. */
export function GivePoints({ memberId, name }: { memberId: string; name: string }) {
  const { t } = useLingui();
  const named = usePoints();
  const client = useQueryClient();
  const balance = useQuery(balanceQuery).data?.available;
  const key = useRef('');
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const points = parseTypedAmount(typed);
  const tooMuch = points !== null && balance !== undefined && compareDecimals(points, balance) > 0;
  const give = useFirmChange(
    async (amount: string) => (await execute(GivePointsMutation, { input: { memberId, points: amount, note, idempotencyKey: key.current } })).givePoints?.errors,
    () => {
      setOpened(false);
      setTyped('');
      setNote('');
      void client.invalidateQueries({ queryKey: balanceQuery.queryKey });
    },
  );
  const failed = give.isError ? toAppError(give.error) : null;
  return (
    <>
      <Button
        variant="subtle"
        aria-label={t`Give points to ${name}`}
        onClick={() => {
          key.current = newKey();
          give.reset();
          setOpened(true);
        }}
      >
        <Trans>Give points</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        title={<Trans>Give points to {name}</Trans>}
        confirmLabel={<Trans>Give</Trans>}
        pending={give.isPending}
        blocked={points === null || isZero(points) || tooMuch}
        error={failed ? <Refusal error={failed} /> : undefined}
        onConfirm={() => {
          if (points !== null) give.mutate(points);
        }}
        onClose={() => setOpened(false)}
      >
        <div className={classes.form}>
          <TextInput
            label={t`How many points`}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={tooMuch ? t`You have ${named.figure(balance)}.` : undefined}
          />
          <TextInput label={t`Note`} autoComplete="off" maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <p className={classes.muted}>
            <Trans>The points are gone from your balance at once. {name} can give them back, you cannot take them back.</Trans>
          </p>
        </div>
      </ConfirmDialog>
    </>
  );
}
