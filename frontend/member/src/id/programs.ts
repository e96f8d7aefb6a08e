import { queryOptions } from '@tanstack/react-query';
import type { PointForms } from '@ui/format/points';
import { errorFromAnswer, toAppError } from '@ui/graphql/errors';

export interface ProgramCardData {
  wholesaler: string;
  name: string;
  url: string;
  logoUrl: string | null;
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

async function fetchPrograms(signal: AbortSignal): Promise<Programs> {
  try {
    const response = await fetch('/api/programs', { signal, headers: { Accept: 'application/json' } });
    if (!response.ok) throw errorFromAnswer(response.status, null);
    return (await response.json()) as Programs;
  } catch (error) {
    throw toAppError(error);
  }
}

export const programsQuery = queryOptions({ queryKey: ['programs'], queryFn: ({ signal }) => fetchPrograms(signal) });

/** Straight in: who stands before this card is signed in, and the wholesaler's landing page would ask once more. */
export function memberUrl(programUrl: string): string {
  return new URL('/auth/login?next=/', programUrl).toString();
}

export function consoleUrl(programUrl: string): string {
  return new URL('/console', programUrl).toString();
}
