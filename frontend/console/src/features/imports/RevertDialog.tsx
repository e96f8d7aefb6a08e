import { Skeleton } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { usePoints } from '@console/app/queries';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { isZero } from '@ui/format/decimal';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { ImportRevertPreviewQuery, RevertImportMutation } from './operations';
import classes from './BatchPage.module.css';

type Preview = NonNullable<ResultOf<typeof ImportRevertPreviewQuery>['importRevertPreview']>;

async function revert(id: string): Promise<void> {
  const { revertImport } = await execute(RevertImportMutation, { input: { id } });
  throwOperationErrors(revertImport?.errors);
}

/** Says what taking an import back does, found out by trying, before anybody agrees to it. */
export function RevertDialog({ batchId, onClose }: { batchId: string; onClose: () => void }) {
  const client = useQueryClient();
  const preview = useQuery({
    queryKey: ['imports', 'revert', batchId],
    queryFn: ({ signal }) => execute(ImportRevertPreviewQuery, { id: batchId }, signal).then((data) => data.importRevertPreview),
    gcTime: 0,
    retry: false,
  });
  const reverting = useMutation({
    mutationFn: () => revert(batchId),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  const found = preview.data;
  const used = (found?.usedBy.length ?? 0) > 0;
  const failed = [preview, reverting].find((each) => each.isError);
  return (
    <ConfirmDialog
      opened
      title={<Trans>Take the whole import back?</Trans>}
      confirmLabel={<Trans>Take it back</Trans>}
      danger
      blocked={!found || used}
      pending={reverting.isPending}
      error={failed ? describeError(failed.error) : null}
      onConfirm={() => reverting.mutate()}
      onClose={onClose}
    >
      {found ? used ? <Used found={found} /> : <Consequences found={found} /> : preview.isPending ? <Skeleton height={72} /> : null}
    </ConfirmDialog>
  );
}

function Used({ found }: { found: Preview }) {
  const numbers = found.usedBy.join(', ') + (found.usedByMore ? '…' : '');
  return (
    <p>
      <Trans>This is not possible yet, because later documents refer to it: {numbers}. Take their import back first.</Trans>
    </p>
  );
}

function Consequences({ found }: { found: Preview }) {
  const points = usePoints();
  return (
    <ul className={classes.consequences}>
      <li>
        <Plural value={found.documents} one="# document gives no points any more." other="# documents give no points any more." />
      </li>
      {isZero(found.pointsTaken) ? null : (
        <li>
          <Plural value={found.members} one="# member loses" other="# members lose" /> {points.figure(found.pointsTaken)}.
        </li>
      )}
      {isZero(found.pointsGiven) ? null : (
        <li>
          <Trans>Members get back {points.figure(found.pointsGiven)} that its corrections had taken.</Trans>
        </li>
      )}
      {found.debtors > 0 ? (
        <li>
          <Plural value={found.debtors} one="# member has spent the points already and falls into debt:" other="# members have spent the points already and fall into debt:" />{' '}
          {points.figure(found.debt)}.
        </li>
      ) : null}
      <li>
        <Trans>The file can be imported again afterwards.</Trans>
      </li>
    </ul>
  );
}
