import { t } from '@lingui/core/macro';
import { queryOptions } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import type { Tone } from '@console/app/StateLabel';
import { RulesQuery } from './operations';

export type Version = ResultOf<typeof RulesQuery>['rules'][number];

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => execute(RulesQuery, {}, signal).then((data) => data.rules),
});

const TONES: Record<string, Tone> = { LIVE: 'good', SCHEDULED: 'busy', DRAFT: 'warn' };

export function stateTone(state: string): Tone {
  return TONES[state] ?? 'quiet';
}

export function stateName(state: string): string {
  const names: Record<string, string> = { LIVE: t`Live`, SCHEDULED: t`Scheduled`, DRAFT: t`Draft`, ENDED: t`Ended`, RETIRED: t`Retired` };
  return names[state] ?? state;
}

export interface RuleGroup {
  ruleId: string;
  code: string;
  name: string;
  /** In force, to come, or in the making. */
  current: Version[];
  past: Version[];
  timeline: Version['timeline'];
}

/** Versions by rule, in the server's order: what is live first. */
export function groupsOf(versions: readonly Version[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const version of versions) {
    const { ruleId, code, name, timeline } = version;
    const group = groups.get(ruleId) ?? { ruleId, code, name, current: [], past: [], timeline };
    groups.set(ruleId, group);
    (version.state === 'ENDED' || version.state === 'RETIRED' ? group.past : group.current).push(version);
  }
  return [...groups.values()];
}

/** The day in Poland, where invoices are dated, as YYYY-MM-DD. */
export function todayInPoland(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(now);
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** What publishing does to the published versions of the rule; the server's own logic, told beforehand. */
export function replacedBy(from: string | null, others: readonly Version[]): { version: number; lastDay: string | null }[] {
  const found: { version: number; lastDay: string | null }[] = [];
  for (const other of others) {
    if (other.state !== 'LIVE' && other.state !== 'SCHEDULED') continue;
    if (from === null || (other.validFrom && other.validFrom >= from)) found.push({ version: other.version, lastDay: null });
    else if (!other.validUntil || other.validUntil >= from) found.push({ version: other.version, lastDay: dayBefore(from) });
  }
  return found;
}

/** Whether there is anything left to end. */
export function canEnd(version: Version, today: string): boolean {
  return version.state === 'SCHEDULED' || (version.state === 'LIVE' && (!version.validUntil || version.validUntil > today));
}
