import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { usePoints } from '@console/app/queries';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { isZero } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { balanceAfter, pointsTyped } from './adjustment';
import { AdjustPointsMutation } from './operations';
import classes from './MemberPage.module.css';

interface AdjustFormProps {
  memberId: string;
  name: string;
  standing: { available: string; debt: string };
  onDone: () => void;
}

/** Points given or taken by hand. One key per opened form: pressed twice, or sent again after a silence, it acts once. */
export function AdjustForm({ memberId, name, standing, onDone }: AdjustFormProps) {
  const { t } = useLingui();
  const format = useFormat();
  const named = usePoints();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const points = pointsTyped(typed);
  const after = points === null ? null : balanceAfter(standing, points);
  const adjust = useMutation({
    mutationFn: async (input: { points: string; reason: string }) => {
      const { adjustPoints } = await execute(AdjustPointsMutation, { input: { memberId, idempotencyKey: key, ...input } });
      throwOperationErrors(adjustPoints?.errors);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['members'] });
      onDone();
    },
    onError: (error) => {
      if (toAppError(error).field) setAsking(false);
    },
  });
  const refused = adjust.isError ? toAppError(adjust.error) : null;
  const at = (field: string) => (refused?.field === field ? describeError(refused) : null);
  const tooMuch = after?.startsWith('-') ? t`There are only ${format.points(standing.available)} to take.` : null;
  const ready = points !== null && !tooMuch && reason.trim().length >= 3;
  const change = (write: (value: string) => void) => (event: { currentTarget: { value: string } }) => {
    adjust.reset();
    write(event.currentTarget.value);
  };
  return (
    <form
      noValidate
      className={classes.adjust}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (ready) setAsking(true);
      }}
    >
      <TextInput
        size="xs"
        inputMode="text"
        autoComplete="off"
        label={t`Points`}
        description={t`With a minus to take: -50`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed}
        onChange={change(setTyped)}
        error={at('points') ?? (tried && points === null ? t`Write a number of points, such as 50 or -12,5.` : tooMuch)}
      />
      <TextInput
        size="xs"
        autoComplete="off"
        maxLength={200}
        label={t`Reason`}
        description={t`The member reads it in the history. No personal data.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={reason}
        onChange={change(setReason)}
        error={at('reason') ?? (tried && reason.trim().length < 3 ? t`Give a reason.` : null)}
      />
      <div className={classes.adjustActions}>
        <Button type="submit">
          <Trans>Adjust the points</Trans>
        </Button>
        <Button variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
      {points !== null && after !== null ? (
        <ConfirmDialog
          opened={asking}
          title={points.startsWith('-') ? t`Take ${named.figure(points.slice(1))} from ${name}?` : t`Give ${named.figure(points)} to ${name}?`}
          confirmLabel={points.startsWith('-') ? <Trans>Take the points</Trans> : <Trans>Give the points</Trans>}
          danger={points.startsWith('-')}
          pending={adjust.isPending}
          error={refused && !refused.field ? describeError(refused) : undefined}
          onConfirm={() => adjust.mutate({ points, reason: reason.trim() })}
          onClose={() => setAsking(false)}
        >
          <p>
            <Trans>
              Balance afterwards: <strong>{named.figure(after)}</strong> (now {named.figure(standing.available)}).
            </Trans>
          </p>
          {!points.startsWith('-') && !isZero(standing.debt) ? (
            <p>
              <Trans>What is given repays the {named.figure(standing.debt)} owed first.</Trans>
            </p>
          ) : null}
          <p>
            <Trans>Reason: {reason.trim()}</Trans>
          </p>
        </ConfirmDialog>
      ) : null}
    </form>
  );
}
