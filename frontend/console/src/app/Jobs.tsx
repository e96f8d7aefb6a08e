import { useEffect, useState } from 'react';
import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import { retryImport, stopImport } from '@console/features/imports/BatchActions';
import { batchStateName, isMoving, workName } from '@console/features/imports/batchState';
import { ImportJobsQuery } from '@console/features/imports/operations';
import { exportState } from '@ui/components/exportState';
import { JobTray, type Job } from '@ui/components/JobTray';
import { forgetExport, useExports, type ListExport } from './exportJobs';
import { useMay } from './Only';
import { latest, rememberedIds, rememberIds } from './rememberedIds';

type Batch = ResultOf<typeof ImportJobsQuery>['importJobs'][number];

const BUSY_MS = 1000;
const QUIET_MS = 20_000;
const KEY = 'k-jobs';

function jobState(state: string): Job['state'] {
  if (isMoving(state)) return 'running';
  if (state === 'FAILED') return 'failed';
  return state === 'CHECKED' || state === 'UPLOADED' || state === 'STOPPED' ? 'waiting' : 'done';
}

function Detail({ batch }: { batch: Batch }) {
  if (isMoving(batch.state)) return workName(batch.state, batch.phase);
  if (batch.state === 'CHECKED') {
    return batch.rejected > 0 ? <Plural value={batch.rejected} one="Checked: # rejected" other="Checked: # rejected" /> : <Trans>Checked: waits for you</Trans>;
  }
  return batchStateName(batch.state);
}

function listName(kind: string): string {
  if (kind === 'members') return t`Members`;
  if (kind === 'firms') return t`Who got what`;
  return kind === 'orders' ? t`Orders` : t`Products`;
}

function exportJob(row: ListExport): Job {
  const list = listName(row.kind);
  return {
    id: row.id,
    name: t`${list}, XLSX`,
    title: row.url ? (
      <a href={row.url} download>
        <Trans>Download: {list}, XLSX</Trans>
      </a>
    ) : (
      <Trans>{list}, XLSX</Trans>
    ),
    detail: <ExportDetail row={row} />,
    state: exportState(row.state),
    progress: row.total ? row.written / row.total : null,
    onDismiss: row.state === 'WAITING' ? undefined : () => forgetExport(row.id),
  };
}

function ExportDetail({ row }: { row: ListExport }) {
  if (row.state === 'FAILED') return <Trans>Could not be written. Ask again.</Trans>;
  if (row.state === 'DONE') return <Plural value={row.written} one="# row, kept for 3 days" other="# rows, kept for 3 days" />;
  return <Trans>Being written</Trans>;
}

/** Imports and exports at work, on every screen; one that ended stays until it is hidden or the tab is closed. */
export function Jobs({ className }: { className?: string | undefined }) {
  const client = useQueryClient();
  const [ids, setIds] = useState(() => rememberedIds(KEY));
  const jobs = useQuery({
    queryKey: ['imports', 'jobs', ids],
    queryFn: ({ signal }) => execute(ImportJobsQuery, { ids }, signal).then((data) => data.importJobs),
    enabled: useMay()('importJobs'),
    refetchInterval: ({ state }) => (state.data?.some((batch) => isMoving(batch.state)) ? BUSY_MS : QUIET_MS),
    placeholderData: (before) => before,
  });
  const exports = useExports().map((row) => exportJob(row));
  const batches = jobs.data ?? [];
  const seen = batches.filter((batch) => isMoving(batch.state) && !ids.includes(batch.id)).map((batch) => batch.id);
  const fresh = seen.join(' ');
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what is seen at work is remembered from then on
    if (fresh) setIds((before) => latest([...before, ...fresh.split(' ')]));
  }, [fresh]);
  useEffect(() => rememberIds(KEY, ids), [ids]);

  const act = useMutation({
    mutationFn: ({ run, id }: { run: (id: string) => Promise<void>; id: string }) => run(id),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  const shown = batches
    .filter((batch) => isMoving(batch.state) || ids.includes(batch.id))
    .map((batch): Job => {
      const state = jobState(batch.state);
      const again = batch.state === 'STOPPED' || ((batch.state === 'FAILED' || batch.state === 'UPLOADED') && batch.mapped && batch.uploaded);
      return {
        id: batch.id,
        name: batch.fileName,
        title: (
          <Link to="/imports/$batchId" params={{ batchId: batch.id }} title={batch.fileName}>
            {batch.fileName}
          </Link>
        ),
        detail: <Detail batch={batch} />,
        state,
        progress: batch.progress,
        onStop: batch.state === 'CHECKING' || batch.state === 'COMMITTING' ? () => act.mutate({ run: stopImport, id: batch.id }) : undefined,
        onRetry: again ? () => act.mutate({ run: retryImport, id: batch.id }) : undefined,
        onDismiss: state === 'running' ? undefined : () => setIds((before) => before.filter((id) => id !== batch.id)),
      };
    });
  return <JobTray jobs={[...shown, ...exports]} className={className} />;
}
