import { useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { usePoints } from '@console/app/queries';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { isZero } from '@ui/format/decimal';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import type { Batch } from './BatchPage';
import { CommitImportMutation, DiscardImportMutation } from './operations';
import classes from './BatchPage.module.css';

async function commit(id: string): Promise<void> {
  const { commitImport } = await execute(CommitImportMutation, { input: { id } });
  throwOperationErrors(commitImport?.errors);
}

async function discard(id: string): Promise<void> {
  const { discardImport } = await execute(DiscardImportMutation, { input: { id } });
  throwOperationErrors(discardImport?.errors);
}

/** After the dry run: import what was accepted, or discard. Both say first what they do. */
export function BatchActions({ batch }: { batch: Batch }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<'commit' | 'discard' | null>(null);
  const settle = {
    onSuccess: () => {
      setAsking(null);
      return client.invalidateQueries({ queryKey: ['imports'] });
    },
  };
  const committing = useMutation({ mutationFn: () => commit(batch.id), ...settle });
  const discarding = useMutation({ mutationFn: () => discard(batch.id), ...settle });
  if (batch.state !== 'CHECKED') return null;

  return (
    <div className={classes.actions}>
      <Button disabled={batch.accepted === 0} onClick={() => setAsking('commit')}>
        <Plural value={batch.accepted} one="Import # document" other="Import # documents" />
      </Button>
      <Button variant="default" onClick={() => setAsking('discard')}>
        <Trans>Discard</Trans>
      </Button>
      <ConfirmDialog
        opened={asking === 'commit'}
        title={<Plural value={batch.accepted} one="Import # document?" other="Import # documents?" />}
        confirmLabel={<Plural value={batch.accepted} one="Import # document" other="Import # documents" />}
        pending={committing.isPending}
        error={committing.isError ? describeError(committing.error) : null}
        onConfirm={() => committing.mutate()}
        onClose={() => setAsking(null)}
      >
        <Consequences batch={batch} />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'discard'}
        title={<Trans>Discard this import?</Trans>}
        confirmLabel={<Trans>Discard the import</Trans>}
        danger
        pending={discarding.isPending}
        error={discarding.isError ? describeError(discarding.error) : null}
        onConfirm={() => discarding.mutate()}
        onClose={() => setAsking(null)}
      >
        <Trans>Nothing of the file is entered. You can upload it again at any time.</Trans>
      </ConfirmDialog>
    </div>
  );
}

function Consequences({ batch }: { batch: Batch }) {
  const points = usePoints();
  return (
    <ul className={classes.consequences}>
      <li>
        <Trans>
          Members get {points.figure(batch.pointsAwarded)} and can see them at once.
        </Trans>
      </li>
      {isZero(batch.pointsReversed) ? null : (
        <li>
          <Trans>
            Corrections take back {points.figure(batch.pointsReversed)}.
          </Trans>
        </li>
      )}
      {batch.rejected > 0 ? (
        <li>
          <Plural
            value={batch.rejected}
            one="# rejected document is left out; mend it and upload it again."
            other="# rejected documents are left out; mend them and upload them again."
          />
        </li>
      ) : null}
      {batch.duplicates > 0 ? (
        <li>
          <Plural value={batch.duplicates} one="# document is known already and is skipped." other="# documents are known already and are skipped." />
        </li>
      ) : null}
      <li>
        <Trans>Afterwards, points are taken back only by a correcting invoice.</Trans>
      </li>
    </ul>
  );
}
