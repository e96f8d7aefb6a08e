import { errorFromAnswer, toAppError } from '@ui/graphql/errors';

/** JSON of a path of this host. Throws AppError. */
export async function getJson<Result>(path: string, signal: AbortSignal): Promise<Result> {
  try {
    const response = await fetch(path, { signal, headers: { Accept: 'application/json' } });
    if (!response.ok) throw errorFromAnswer(response.status, null);
    return (await response.json()) as Result;
  } catch (error) {
    throw toAppError(error);
  }
}
