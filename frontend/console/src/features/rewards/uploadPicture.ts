import { i18n } from '@lingui/core';
import { errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

/** Gives a reward a picture, or (null) takes it away. */
export async function sendPicture(rewardId: string, file: File | null): Promise<void> {
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  const init: RequestInit = { method: file ? 'POST' : 'DELETE', headers };
  if (file) {
    init.body = new FormData();
    init.body.set('file', file);
  }
  let response: Response;
  try {
    response = await fetch(`/api/console/rewards/${rewardId}/picture`, init);
  } catch (error) {
    throw toAppError(error);
  }
  if (response.ok) return;
  const answer = (await response.json().catch(() => null)) as { errors?: unknown } | null;
  throw errorFromAnswer(response.status, answer?.errors);
}
