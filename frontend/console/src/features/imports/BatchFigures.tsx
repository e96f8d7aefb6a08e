import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import page from '@console/app/page.module.css';
import { usePoints } from '@console/app/queries';
import { useFormat } from '@ui/format/useFormat';
import type { Batch } from './BatchPage';
import { isMoving, pointsOf } from './batchState';

const PROMISES = ['accepted', 'awarded', 'reversed'];

export function BatchFigures({ batch }: { batch: Batch }) {
  const format = useFormat();
  const points = usePoints();
  const done = pointsOf(batch.state) === 'given';
  const tone = done ? undefined : 'quiet';
  const all: [string, ReactNode, string, ('danger' | 'quiet')?][] = [
    ['documents', <Trans key="documents">Documents</Trans>, format.count(batch.documents)],
    ['accepted', done ? <Trans key="accepted">Accepted</Trans> : <Trans key="accepted">To be accepted</Trans>, format.count(batch.accepted)],
    ['duplicates', <Trans key="duplicates">Already known</Trans>, format.count(batch.duplicates)],
    ['rejected', <Trans key="rejected">Rejected</Trans>, format.count(batch.rejected), batch.rejected > 0 ? 'danger' : undefined],
    ['lines', <Trans key="lines">Lines of known members</Trans>, `${format.count(batch.matchedLines)} / ${format.count(batch.lines)}`],
    ['awarded', done ? <Trans key="awarded">Points awarded</Trans> : <Trans key="awarded">Points to award</Trans>, points.figure(batch.pointsAwarded), tone],
    ['reversed', done ? <Trans key="reversed">Points reversed</Trans> : <Trans key="reversed">Points to reverse</Trans>, points.figure(batch.pointsReversed), tone],
  ];
  // What was discarded or failed promises nothing any more.
  const promising = pointsOf(batch.state) !== 'none' || isMoving(batch.state);
  const figures = promising ? all : all.filter(([key]) => !PROMISES.includes(key));
  return (
    <dl className={page.figures}>
      {figures.map(([key, name, value, tone]) => (
        <div key={key} className={page.figure}>
          <dt>{name}</dt>
          <dd data-tone={tone}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
