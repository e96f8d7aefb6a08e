import { useFormat } from '@ui/format/useFormat';
import classes from './Timeline.module.css';

export interface TimelineEvent {
  at: string;
  code: string;
  text: string;
  actor: string | null;
}

/** What happened to one object, oldest first: when, what, who. */
export function Timeline({ events, label }: { events: readonly TimelineEvent[]; label: string }) {
  const format = useFormat();
  const sorted = events.toSorted((a, b) => a.at.localeCompare(b.at));
  return (
    <ol className={classes.list} aria-label={label}>
      {sorted.map((event, index) => (
        <li key={`${event.at}${event.code}`} className={classes.item} data-last={index === sorted.length - 1}>
          <div>{event.text}</div>
          <div className={classes.meta}>
            <time dateTime={event.at}>{format.dateTime(event.at)}</time>
            {event.actor ? ` · ${event.actor}` : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
