import { i18n } from '@lingui/core';
import { errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

/** Gives what lies at an address a picture, or (null) takes it away. Throws AppError. */
export async function sendPicture(address: string, file: File | null): Promise<void> {
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  const init: RequestInit = { method: file ? 'POST' : 'DELETE', headers };
  if (file) {
    init.body = new FormData();
    init.body.set('file', file);
  }
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch (error) {
    throw toAppError(error);
  }
  if (response.ok) return;
  const answer = (await response.json().catch(() => null)) as { errors?: unknown } | null;
  throw errorFromAnswer(response.status, answer?.errors);
}
