import { i18n } from '@lingui/core';
import { AppError, errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

export interface Added {
  added: number;
  known: number;
}

/** Sends a file of codes for one face value of a reward; the server takes all of it or nothing. */
export async function uploadCodes(rewardId: string, faceValue: string, file: File): Promise<Added> {
  const body = new FormData();
  body.set('file', file);
  body.set('faceValue', faceValue);
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  let response: Response;
  try {
    response = await fetch(`/api/console/rewards/${rewardId}/codes`, { method: 'POST', headers, body });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as (Partial<Added> & { errors?: unknown }) | null;
  if (!response.ok) throw errorFromAnswer(response.status, answer?.errors);
  if (answer?.added === undefined || answer.known === undefined) throw new AppError('SERVER', { status: 500 });
  return { added: answer.added, known: answer.known };
}
