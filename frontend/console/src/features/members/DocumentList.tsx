import { Button, Skeleton } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { PointsChange } from '@ui/components/PointsChange';
import { useFormat } from '@ui/format/useFormat';
import { MemberDocumentsQuery } from './operations';
import { usePages } from './usePages';
import classes from './MemberPage.module.css';

type SalesDocument = ResultOf<typeof MemberDocumentsQuery>['memberDocuments']['edges'][number]['node'];

/** Sales documents, youngest first; each opens to its receipt: which rule gave how many points for which line. */
export function DocumentList({ memberId }: { memberId: string }) {
  const { source, rows, total } = usePages(memberId, 'documents', (variables, signal) =>
    execute(MemberDocumentsQuery, variables, signal).then((data) => data.memberDocuments),
  );
  return (
    <section className={page.section} aria-busy={source.isPending}>
      <div className={classes.listHead}>
        <h2 className={page.subtitle}>
          <Trans>Sales documents</Trans>
        </h2>
        {total === undefined ? null : (
          <span className={page.quiet}>
            <Plural value={total} one="# item" other="# items" />
          </span>
        )}
      </div>
      {source.isPending ? <Skeleton height={120} /> : null}
      {source.isError && rows.length === 0 ? <ErrorState error={source.error} onRetry={() => void source.refetch()} /> : null}
      {total === 0 ? (
        <p className={page.quiet}>
          <Trans>No purchases yet.</Trans>
        </p>
      ) : null}
      {rows.map((row) => (
        <DocumentRow key={row.id} document={row} />
      ))}
      {source.hasNextPage ? (
        <Button mt="sm" variant="default" loading={source.isFetchingNextPage} onClick={() => void source.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </section>
  );
}

function DocumentRow({ document }: { document: SalesDocument }) {
  const { t } = useLingui();
  const format = useFormat();
  const notes = [format.date(document.saleDate), format.money(document.net)];
  if (document.correctedNumber) notes.push(t`corrects ${document.correctedNumber}`);
  return (
    <details className={classes.document}>
      <summary>
        <span className={classes.documentName}>{document.number}</span>
        <span className={classes.documentNote}>{notes.join(' · ')}</span>
        <span className={classes.points}>
          <PointsChange value={document.points} />
        </span>
      </summary>
      <ol className={classes.receipt} aria-label={t`Why these points`}>
        {document.lines.map((line, index) => (
          <li key={`${line.position}-${index}`}>
            <div className={classes.lineHead}>
              <span>{line.productName}</span>
              <PointsChange value={line.points} />
            </div>
            <div className={classes.note}>
              {[`${format.quantity(line.quantity)} ${line.unit ?? ''}`.trim(), format.money(line.net), line.sku].filter(Boolean).join(' · ')}
            </div>
            {line.reasons.length === 0 ? (
              <div className={classes.note}>
                <Trans>No rule gives points for this product.</Trans>
              </div>
            ) : null}
            {line.reasons.map((reason, place) => (
              <div key={`${reason.ruleName}-${place}`} className={classes.reason}>
                {reason.sentence}{' '}
                <span className={classes.note}>
                  <Trans>
                    {reason.ruleName}, version {reason.ruleVersion}
                  </Trans>
                </span>
              </div>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
