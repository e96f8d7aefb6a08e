import { useEffect, useSyncExternalStore } from 'react';
import { useQuery } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { useMay } from './Only';
import { ListExportsQuery } from './operations';
import { latest, rememberedIds, rememberIds } from './rememberedIds';

export type ListExport = ResultOf<typeof ListExportsQuery>['listExports'][number];

const KEY = 'k-exports';
const BUSY_MS = 1000;

let asked: readonly string[] = rememberedIds(KEY);
const listeners = new Set<() => void>();

function change(next: readonly string[]): void {
  asked = latest(next);
  rememberIds(KEY, asked);
  listeners.forEach((tell) => tell());
}

/** An export that was asked for in this tab stays in the tray until it is hidden. */
export function rememberExport(id: string): void {
  change([...asked, id]);
}

export function forgetExport(id: string): void {
  change(asked.filter((each) => each !== id));
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The exports of this tab, the first asked for first; asked about only while there are any. */
export function useExports(): readonly ListExport[] {
  const allowed = useMay()('listExports');
  const ids = useSyncExternalStore(subscribe, () => asked);
  const query = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => execute(ListExportsQuery, {}, signal).then((data) => data.listExports),
    enabled: allowed && ids.length > 0,
    refetchInterval: ({ state }) => (state.data?.some((row) => row.state === 'WAITING') ? BUSY_MS : false),
  });
  const { data } = query;
  // one that is kept no longer is gone from the tray, too
  useEffect(() => {
    const known = new Set(data?.map((row) => row.id));
    const gone = data ? ids.filter((id) => !known.has(id)) : [];
    if (gone.length > 0 && !query.isFetching) change(ids.filter((id) => known.has(id)));
  }, [data, ids, query.isFetching]);
  return (data ?? []).filter((row) => ids.includes(row.id)).reverse();
}
