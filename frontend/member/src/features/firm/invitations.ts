import { i18n } from '@lingui/core';
import { errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

export interface ReceivedInvitation {
  id: string;
  firmName: string;
  expiresAt: string;
}

const PATH = '/api/invitations';

async function ask<Result>(init: RequestInit): Promise<Result> {
  let response: Response;
  try {
    const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
    response = await fetch(PATH, { ...init, headers });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as { errors?: unknown } | null;
  if (!response.ok || answer === null) throw errorFromAnswer(response.status, answer?.errors);
  return answer as Result;
}

/** Invitations that wait for the reader, who need not be a member yet. Throws AppError. */
export async function receivedInvitations(signal: AbortSignal): Promise<ReceivedInvitation[]> {
  return (await ask<{ invitations: ReceivedInvitation[] }>({ signal })).invitations;
}

/** Says yes or no to one. Throws AppError. */
export async function answerInvitation(id: string, answer: 'accept' | 'decline'): Promise<null> {
  await ask({ method: 'POST', body: new URLSearchParams({ id, answer }) });
  return null;
}
