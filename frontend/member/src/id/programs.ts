import { queryOptions } from '@tanstack/react-query';
import type { PointForms } from '@ui/format/points';
import { getJson } from './requests';

export interface ProgramCardData {
  wholesaler: string;
  name: string;
  url: string;
  logoUrl: string | null;
  logoGround: string | null;
  primaryColor: string;
  balance: string | null;
  pointForms: PointForms;
  asOf: string | null;
  roles: string[];
}

export interface NetworkCardData {
  name: string;
  url: string;
  roles: string[];
}

export interface Programs {
  programs: ProgramCardData[];
  networks: NetworkCardData[];
}

/** Whose program a sign-in leads back to. */
export type Face = Pick<ProgramCardData, 'name' | 'logoUrl' | 'logoGround' | 'primaryColor'>;

export const faceQuery = (next: string) =>
  queryOptions({
    queryKey: ['face', next],
    queryFn: ({ signal }) => getJson<{ face: Face | null }>(`/api/face?next=${encodeURIComponent(next)}`, signal),
    enabled: next !== '',
    staleTime: Infinity,
    retry: false,
  });

export const programsQuery = queryOptions({ queryKey: ['programs'], queryFn: ({ signal }) => getJson<Programs>('/api/programs', signal) });

/** Straight in: who stands before this card is signed in, and the wholesaler's landing page would ask once more. */
export function memberUrl(programUrl: string): string {
  return new URL('/auth/login?next=/', programUrl).toString();
}

export function consoleUrl(programUrl: string): string {
  return new URL('/console', programUrl).toString();
}
