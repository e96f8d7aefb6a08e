import { Plural, Trans } from '@lingui/react/macro';
import { useFormat } from '@ui/format/useFormat';
import { timelineRows, type TimelineEvent } from './timelineRows';
import classes from './Timeline.module.css';

/** What happened to one object, oldest first: when, what, who. */
export function Timeline({ events, label }: { events: readonly TimelineEvent[]; label: string }) {
  const format = useFormat();
  const rows = timelineRows(events);
  return (
    <ol className={classes.list} aria-label={label}>
      {rows.map((row, index) => (
        <li key={`${row.at}${row.code}`} className={classes.item} data-last={index === rows.length - 1}>
          <div>{row.text}</div>
          <div className={classes.meta}>
            {row.count > 1 ? (
              <>
                <Plural value={row.count} one="# time" other="# times" />
                {', '}
                <Trans>
                  last <time dateTime={row.at}>{format.dateTime(row.at)}</time>
                </Trans>
              </>
            ) : (
              <time dateTime={row.at}>{format.dateTime(row.at)}</time>
            )}
            {row.actor ? ` · ${row.actor}` : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
