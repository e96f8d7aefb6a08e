import { useState } from 'react';
import { Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute, type ResultOf } from '@member/api';
import { entryTitle } from '@member/features/program/entryText';
import { usePoints } from '@member/features/program/queries';
import { ErrorState } from '@ui/components/ErrorState';
import { PointsChange } from '@ui/components/PointsChange';
import { Sheet } from '@ui/components/Sheet';
import { useFormat } from '@ui/format/useFormat';
import { EntryQuery } from './operations';
import { ReceiptLines } from './ReceiptLines';
import classes from './EntrySheet.module.css';

/** The receipt of one entry: why these points, line by line. */
export function EntrySheet({ entryId, onClose }: { entryId: string | null; onClose: () => void }) {
  // While the sheet slides away it still shows what it showed.
  const [shownId, setShownId] = useState(entryId);
  if (entryId !== null && entryId !== shownId) setShownId(entryId);

  const entry = useQuery({
    queryKey: ['history', 'entry', shownId],
    queryFn: ({ signal }) => execute(EntryQuery, { id: shownId ?? '' }, signal).then((data) => data.entry),
    enabled: shownId !== null,
  });
  return (
    <Sheet opened={entryId !== null} onClose={onClose} title={entry.data ? entryTitle(entry.data) : <Trans>Receipt</Trans>}>
      {entry.isPending ? <Skeleton height={180} /> : null}
      {entry.isError ? <ErrorState error={entry.error} onRetry={() => void entry.refetch()} /> : null}
      {entry.data === null ? (
        <p>
          <Trans>This entry does not exist.</Trans>
        </p>
      ) : null}
      {entry.data ? <Receipt entry={entry.data} /> : null}
    </Sheet>
  );
}

type Entry = NonNullable<ResultOf<typeof EntryQuery>['entry']>;

function Receipt({ entry }: { entry: Entry }) {
  const format = useFormat();
  const points = usePoints();
  return (
    <>
      <p className={classes.figure}>
        <PointsChange value={entry.points} unit={points.word(entry.points)} />
      </p>
      <dl className={classes.meta}>
        <dt>
          <Trans>Date of entry</Trans>
        </dt>
        <dd>{entry.documentNumber === null ? format.dateTime(entry.occurredAt) : format.documentTime(entry.occurredAt)}</dd>
        {entry.documentNumber ? (
          <>
            <dt>
              <Trans>Document</Trans>
            </dt>
            <dd>{entry.documentNumber}</dd>
          </>
        ) : null}
        {entry.documentDate ? (
          <>
            <dt>
              <Trans>Issued</Trans>
            </dt>
            <dd>{format.date(entry.documentDate)}</dd>
          </>
        ) : null}
        {entry.orderNumber ? (
          <>
            <dt>
              <Trans>Order</Trans>
            </dt>
            <dd>{entry.orderNumber}</dd>
          </>
        ) : null}
        {entry.counterpart ? (
          <>
            <dt>{entry.points.startsWith('-') ? <Trans>To</Trans> : <Trans>From</Trans>}</dt>
            <dd>{entry.counterpart}</dd>
          </>
        ) : null}
        {entry.reason ? (
          <>
            <dt>{entry.kind === 'TRANSFER' ? <Trans>Note</Trans> : <Trans>Reason</Trans>}</dt>
            <dd>{entry.reason}</dd>
          </>
        ) : null}
        <dt>
          <Trans>Balance after</Trans>
        </dt>
        <dd>
          {points.figure(entry.balanceAfter)}
        </dd>
      </dl>
      {entry.firmShare ? (
        <p className={classes.none}>
          <Trans>Your share of what the firm bought. The firm's owner sees the invoice.</Trans>
        </p>
      ) : null}
      {entry.shared.length > 0 ? (
        <>
          <h3 className={classes.heading}>
            <Trans>What your fitters got</Trans>
          </h3>
          <ul>
            {entry.shared.map((each) => (
              <li key={each.name} className={classes.lineHead}>
                <span>{each.name}</span>
                <PointsChange value={each.points} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {entry.lines.length > 0 ? <ReceiptLines lines={entry.lines} /> : null}
    </>
  );
}
