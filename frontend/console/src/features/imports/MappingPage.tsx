import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Locked } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { cutting, readMapping } from './mapping';
import { MappingForm } from './MappingForm';
import { ImportBatchQuery, ImportInspectionQuery, ImportSourcesQuery } from './operations';

const MAPPED = ['UPLOADED', 'CHECKED', 'FAILED'];

/** The second step of an import from CSV or XLSX: what is in which column. */
export function MappingPage() {
  const { t } = useLingui();
  const { batchId } = useParams({ from: '/imports/$batchId/columns' });
  usePageTitle(t`Columns of the file`);
  const batch = useQuery({
    queryKey: ['imports', 'one', batchId],
    queryFn: ({ signal }) => execute(ImportBatchQuery, { id: batchId }, signal).then((data) => data.importBatch),
  });
  const sources = useQuery({ queryKey: ['imports', 'sources'], queryFn: ({ signal }) => execute(ImportSourcesQuery, {}, signal).then((data) => data.importSources) });
  const start = useQuery({
    queryKey: ['imports', 'inspection', batchId],
    queryFn: async ({ signal }) => {
      const found = (await execute(ImportInspectionQuery, { id: batchId, layout: null }, signal)).importInspection;
      const offered = found?.offered ? readMapping(found.offered) : null;
      if (!found || !offered) return found;
      // what cut the file into cells the last time cuts it now
      const again = (await execute(ImportInspectionQuery, { id: batchId, layout: cutting(offered) }, signal)).importInspection;
      return again && { ...again, offered: found.offered, offeredSource: found.offeredSource };
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

  if (batch.data === null || (batch.data && !MAPPED.includes(batch.data.state))) {
    const back = (
      <ButtonLink to="/imports/$batchId" params={{ batchId }}>
        <Trans>Show the import</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="upload" title={<Trans>The columns of this import cannot be changed any more</Trans>} action={back} />;
  }
  const failed = [batch, sources, start].find((query) => query.isError);
  if (failed) return <ErrorState page error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!batch.data || !sources.data || !start.data) return <PagePending />;
  return (
    <>
      <Link to="/imports/$batchId" params={{ batchId }} className={page.back}>
        <Icon name="back" size={14} />
        {batch.data.fileName}
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>What is in which column?</Trans>
          </h1>
          <p className={page.lead}>
            {start.data.offered ? (
              <Trans>A file with these columns was read before; the same choice is made here. Correct it where it does not fit.</Trans>
            ) : (
              <Trans>The columns that we recognized are chosen already. Correct them where they do not fit, and save the choice for the next file.</Trans>
            )}
          </p>
        </div>
      </div>
      <Locked may="checkImport"><MappingForm batchId={batchId} format={batch.data.format} start={start.data} sources={sources.data} /></Locked>
    </>
  );
}
