import { useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { usePoints } from '@console/app/queries';
import { ButtonLink } from '@ui/components/ButtonLink';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { isZero } from '@ui/format/decimal';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import type { Batch } from './BatchPage';
import { CommitImportMutation, DiscardImportMutation, RetryImportMutation, StopImportMutation } from './operations';
import { RevertDialog } from './RevertDialog';
import classes from './BatchPage.module.css';

async function commit(id: string): Promise<void> {
  const { commitImport } = await execute(CommitImportMutation, { input: { id } });
  throwOperationErrors(commitImport?.errors);
}

async function discard(id: string): Promise<void> {
  const { discardImport } = await execute(DiscardImportMutation, { input: { id } });
  throwOperationErrors(discardImport?.errors);
}

export async function stopImport(id: string): Promise<void> {
  const { stopImport: payload } = await execute(StopImportMutation, { input: { id } });
  throwOperationErrors(payload?.errors);
}

export async function retryImport(id: string): Promise<void> {
  const { retryImport: payload } = await execute(RetryImportMutation, { input: { id } });
  throwOperationErrors(payload?.errors);
}

/** What can be done with an import now. What cannot be undone says first what it does. */
export function BatchActions({ batch }: { batch: Batch }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<'commit' | 'discard' | 'revert' | null>(null);
  const settle = {
    onSuccess: () => {
      setAsking(null);
      return client.invalidateQueries({ queryKey: ['imports'] });
    },
  };
  const committing = useMutation({ mutationFn: () => commit(batch.id), ...settle });
  const discarding = useMutation({ mutationFn: () => discard(batch.id), ...settle });
  const stopping = useMutation({ mutationFn: () => stopImport(batch.id), ...settle });
  const retrying = useMutation({ mutationFn: () => retryImport(batch.id), ...settle });
  const { state } = batch;
  const open = state === 'UPLOADED' || state === 'CHECKED' || state === 'FAILED';
  const table = batch.format !== 'ksef' && batch.uploaded;
  const failed = [stopping, retrying].find((each) => each.isError);

  return (
    <div className={classes.actions}>
      {state === 'CHECKED' ? (
        <Button disabled={batch.accepted === 0} onClick={() => setAsking('commit')}>
          <Plural value={batch.accepted} one="Import # document" other="Import # documents" />
        </Button>
      ) : null}
      {state === 'STOPPED' ? (
        <Button loading={retrying.isPending} onClick={() => retrying.mutate()}>
          <Trans>Go on importing</Trans>
        </Button>
      ) : null}
      {open && table ? (
        <ButtonLink to="/imports/$batchId/columns" params={{ batchId: batch.id }} variant={batch.mapped ? 'default' : 'filled'}>
          {batch.mapped ? <Trans>Change the columns</Trans> : <Trans>Choose the columns</Trans>}
        </ButtonLink>
      ) : null}
      {(state === 'UPLOADED' || state === 'FAILED') && batch.mapped && batch.uploaded ? (
        <Button variant="default" loading={retrying.isPending} onClick={() => retrying.mutate()}>
          <Trans>Check again</Trans>
        </Button>
      ) : null}
      {state === 'CHECKING' || state === 'COMMITTING' ? (
        <Button variant="default" loading={stopping.isPending} disabled={stopping.isSuccess} onClick={() => stopping.mutate()}>
          <Trans>Stop</Trans>
        </Button>
      ) : null}
      {open ? (
        <Button variant="default" onClick={() => setAsking('discard')}>
          <Trans>Discard</Trans>
        </Button>
      ) : null}
      {state === 'DONE' || state === 'STOPPED' ? (
        <Button variant="default" onClick={() => setAsking('revert')}>
          <Trans>Take the import back</Trans>
        </Button>
      ) : null}
      {failed ? (
        <p role="alert" className={classes.refused}>
          {describeError(failed.error)}
        </p>
      ) : null}
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
      {asking === 'revert' ? <RevertDialog batchId={batch.id} onClose={() => setAsking(null)} /> : null}
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
        <Trans>You can take the whole import back later, as long as no other document refers to it.</Trans>
      </li>
    </ul>
  );
}
