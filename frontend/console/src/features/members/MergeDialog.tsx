import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { ChooseDialog } from '@console/features/matching/ChooseDialog';
import { FindMembersQuery } from '@console/features/matching/operations';
import { throwOperationErrors } from '@ui/graphql/errors';
import { MergeMembersMutation } from './operations';
import classes from './MemberPage.module.css';

interface MergeDialogProps {
  /** The one that stays. */
  member: { id: string; name: string };
  onClose: () => void;
}

/** One person with two accounts: the one that is chosen becomes part of the one on screen. */
export function MergeDialog({ member: { id, name }, onClose }: MergeDialogProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const merge = useMutation({
    mutationFn: async (goneId: string) => {
      const { mergeMembers } = await execute(MergeMembersMutation, { input: { keptId: id, goneId, reason } });
      throwOperationErrors(mergeMembers?.errors);
    },
    onSuccess: async () => {
      await Promise.all(['members', 'firms', 'orders', 'choices'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const find = async (search: string, signal: AbortSignal) => {
    const { members } = await execute(FindMembersQuery, { search }, signal);
    const others = members.edges.map((edge) => edge.node).filter((each) => each.id !== id);
    return others.map((each) => ({ id: each.id, name: each.name, more: [each.firmName, each.nip].filter(Boolean).join(' · ') }));
  };
  return (
    <ChooseDialog
      title={<Trans>Merge another account into {name}</Trans>}
      label={t`Find the other account`}
      confirmLabel={<Trans>Merge the accounts</Trans>}
      kind={`merge ${id}`}
      find={find}
      first=""
      below={
        <Textarea
          size="xs"
          className={classes.mergeReason ?? ''}
          label={t`Reason`}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => {
            merge.reset();
            setReason(event.currentTarget.value);
          }}
        />
      }
      blocked={reason.trim() === ''}
      pending={merge.isPending}
      error={merge.error}
      onChoose={(goneId) => merge.mutate(goneId)}
      onClose={onClose}
    >
      <p className={classes.consequences}>
        <Trans>The account that you choose becomes part of this one: its points, orders, vouchers and place in the firm go to {name}. Nobody can sign in to it any more. This cannot be undone.</Trans>
      </p>
    </ChooseDialog>
  );
}
