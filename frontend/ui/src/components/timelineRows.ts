export interface TimelineEvent {
  at: string;
  code: string;
  text: string;
  actor: string | null;
}

export interface TimelineRow extends TimelineEvent {
  /** How often in a row it happened; `at` is the last time. */
  count: number;
}

/** Events, oldest first; what happened again before anything else did is one row. */
export function timelineRows(events: readonly TimelineEvent[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (const event of events.toSorted((a, b) => a.at.localeCompare(b.at))) {
    const last = rows.at(-1);
    if (last && last.code === event.code && last.text === event.text && last.actor === event.actor) {
      last.at = event.at;
      last.count += 1;
    } else {
      rows.push({ ...event, count: 1 });
    }
  }
  return rows;
}
