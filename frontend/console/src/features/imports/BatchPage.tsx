import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { BatchActions } from './BatchActions';
import { BatchFigures } from './BatchFigures';
import { BatchNotice } from './BatchNotice';
import { batchStateName, batchTone, isMoving, workName } from './batchState';
import { ImportBatchQuery } from './operations';
import { ProblemTable } from './ProblemTable';
import classes from './BatchPage.module.css';

const POLL_MS = 1000;

export type Batch = NonNullable<ResultOf<typeof ImportBatchQuery>['importBatch']>;

/** One file from its dry run to its points. */
export function BatchPage() {
  const { t } = useLingui();
  const format = useFormat();
  const { batchId } = useParams({ from: '/imports/$batchId' });
  const query = useQuery({
    queryKey: ['imports', 'one', batchId],
    queryFn: ({ signal }) => execute(ImportBatchQuery, { id: batchId }, signal).then((data) => data.importBatch),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? POLL_MS : false),
  });
  const batch = query.data;
  usePageTitle(batch?.fileName ?? t`Import`);

  if (batch === null) {
    const all = (
      <ButtonLink to="/imports">
        <Trans>Imports</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="upload" title={<Trans>There is no such import</Trans>} action={all} />;
  }
  if (!batch) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;

  return (
    <>
      <Link to="/imports" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Imports</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{batch.fileName}</h1>
          <p className={page.lead}>
            <span data-testid="import-state" data-state={batch.state} role="status">
              <StateLabel tone={batchTone(batch.state)}>{batchStateName(batch.state)}</StateLabel>
            </span>
            {' · '}
            {format.dateTime(batch.createdAt)}
            {batch.createdBy ? ` · ${batch.createdBy}` : null}
            {batch.sourceName ? ` · ${batch.sourceName}` : null}
          </p>
        </div>
        <Only may="commitImport"><BatchActions batch={batch} /></Only>
      </div>
      <BatchNotice batch={batch} />
      {isMoving(batch.state) ? <BatchProgress batch={batch} /> : null}
      {batch.state === 'UPLOADED' ? null : <BatchFigures batch={batch} />}
      <div className={batch.problemCount > 0 ? `${page.columns} ${page.section}` : page.section}>
        {batch.problemCount > 0 ? <ProblemTable batchId={batch.id} batchState={`${batch.state} ${batch.timeline.length}`} count={batch.problemCount} /> : null}
        <section>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={batch.timeline} label={t`What happened`} />
        </section>
      </div>
    </>
  );
}

function BatchProgress({ batch }: { batch: Batch }) {
  const { t } = useLingui();
  const format = useFormat();
  const share = batch.progress ?? 0;
  const percent = Math.round(share * 100);
  return (
    <div className={classes.progress}>
      <div className={classes.progressText}>
        <span>{workName(batch.state, batch.phase)}</span>
        {batch.state === 'COMMITTING' && batch.total > 0 ? (
          <span>
            <Trans>
              {format.count(batch.processed)} of {format.count(batch.total)}
            </Trans>
          </span>
        ) : batch.progress === null ? null : (
          <span>{percent}%</span>
        )}
      </div>
      <div className={classes.track} role="progressbar" aria-label={t`Progress`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
