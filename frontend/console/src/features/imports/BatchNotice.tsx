import { Trans } from '@lingui/react/macro';
import page from '@console/app/page.module.css';
import { useFormat } from '@ui/format/useFormat';
import type { Batch } from './BatchPage';

/** What state an import is in, where that needs a sentence. */
export function BatchNotice({ batch }: { batch: Batch }) {
  const format = useFormat();
  if (batch.failure && batch.state !== 'FAILED') {
    return (
      <p role="alert" className={page.notice}>
        {batch.failure}
      </p>
    );
  }
  if (batch.state === 'FAILED') {
    return (
      <p role="alert" className={page.notice}>
        {batch.failure ?? <Trans>The file could not be processed. What was wrong stands below; nothing of it was entered.</Trans>}
      </p>
    );
  }
  const text = {
    UPLOADED: batch.mapped ? (
      <Trans>The file is here, but its dry run did not end. Nothing of it was entered.</Trans>
    ) : (
      <Trans>The file is here. Say what is in which column, and it will be checked. Nothing of it was entered.</Trans>
    ),
    STOPPED: (
      <Trans>
        The import was stopped after {format.count(batch.processed)} of {format.count(batch.total)} documents. What is entered stays until you go on or take it back.
      </Trans>
    ),
    DISCARDED: <Trans>This import was discarded. Nothing of it was entered.</Trans>,
    REVERTED: <Trans>This import was taken back. Its documents give no points, and the file can be imported again.</Trans>,
  }[batch.state];
  return text ? <p className={page.notice}>{text}</p> : null;
}
