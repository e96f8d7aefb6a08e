import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { execute } from '@console/api';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { DeclineApplicationMutation } from './operations';

interface DeclineDialogProps {
  id: string;
  name: string;
  onDeclined: () => Promise<void>;
  onClose: () => void;
}

/** A no needs a reason: the applicant reads it. */
export function DeclineDialog({ id, name, onDeclined, onClose }: DeclineDialogProps) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const decline = useMutation({
    mutationFn: async () => {
      const { declineApplication } = await execute(DeclineApplicationMutation, { input: { id, reason } });
      throwOperationErrors(declineApplication?.errors);
    },
    onSuccess: onDeclined,
  });
  const refused = decline.isError ? toAppError(decline.error) : null;
  const atReason = refused?.field === 'reason';
  return (
    <ConfirmDialog
      opened
      title={<Trans>Decline the application of {name}?</Trans>}
      confirmLabel={<Trans>Decline</Trans>}
      danger
      blocked={reason.trim() === ''}
      pending={decline.isPending}
      error={refused && !atReason ? describeError(refused) : null}
      onConfirm={() => decline.mutate()}
      onClose={onClose}
    >
      <Textarea
        size="xs"
        label={t`Reason`}
        description={t`${name} reads it in a message`}
        autosize
        minRows={3}
        value={reason}
        onChange={(event) => {
          decline.reset();
          setReason(event.currentTarget.value);
        }}
        error={refused && atReason ? describeError(refused) : null}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
