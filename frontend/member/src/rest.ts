import { i18n } from '@lingui/core';
import { isStaleToken } from '@ui/graphql/client';
import { errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken, refreshSession } from '@ui/session/session';

async function ask<Result>(path: string, init: RequestInit): Promise<Result> {
  let response: Response;
  try {
    const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as { errors?: unknown } | null;
  if (!response.ok || answer === null) throw errorFromAnswer(response.status, answer?.errors);
  return answer as Result;
}

/** What is not GraphQL, for people who are signed in and need not be members. Throws AppError. */
export function getRest<Result>(path: string, signal: AbortSignal): Promise<Result> {
  return ask(path, { signal });
}

/** A form, sent. Throws AppError. */
export async function postForm<Result>(path: string, fields: Record<string, string>): Promise<Result> {
  const send = () => ask<Result>(path, { method: 'POST', body: new URLSearchParams(fields) });
  try {
    return await send();
  } catch (error) {
    if (!isStaleToken(toAppError(error))) throw error;
    // Once: a second refusal is a real one.
    await refreshSession();
    return send();
  }
}
