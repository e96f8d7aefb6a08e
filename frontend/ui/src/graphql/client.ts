import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { i18n } from '@lingui/core';
import { noteReach } from '@ui/session/reach';
import { currentCsrfToken, refreshSession } from '@ui/session/session';
import { AppError, errorFromAnswer, toAppError } from './errors';

const TIMEOUT_MS = 20_000;
const OPERATION = /^\s*(?:query|mutation)\s+(\w+)/;

export type Execute = <Result, Variables extends object>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
) => Promise<Result>;

interface Answer {
  data?: unknown;
  errors?: unknown[];
}

/** The page's CSRF token is of before a sign-in in another tab. */
export function isStaleToken(error: AppError): boolean {
  return error.code === 'CSRF_FAILED' || (error.status === 403 && error.code === 'FORBIDDEN' && error.message === error.code);
}

/** Null for what is no JSON: a gateway's error page, say. */
function readAnswer(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer | null;
  } catch {
    return null;
  }
}

async function post(url: string, query: string, variables: object, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      // before the texts are there: the language that the server wrote into the page
      'Accept-Language': i18n.locale || document.documentElement.lang,
      'X-CSRFToken': currentCsrfToken(),
    },
    body: JSON.stringify({ operationName: OPERATION.exec(query)?.[1], query, variables }),
    signal,
  });
  noteReach(true);
  const answer = readAnswer(await response.text());
  // A page of somebody in between, with a status that says all is well: whether the server did anything is not known.
  if (response.ok && !answer) throw new AppError('SERVER', { status: 502 });
  // A gate in front of GraphQL (no session, no role, throttled) answers `{errors}` in the REST form.
  if (!response.ok || answer?.data == null || answer.errors?.length) throw errorFromAnswer(response.status, answer?.errors);
  return answer.data;
}

/** One endpoint; every call carries the session's CSRF token and asks for texts in the language on screen. */
export function createExecute(path: string): Execute {
  const url = new URL(path, window.location.origin).toString();
  return async (document, variables, signal) => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    // See tada.ts: at run time a document is its text.
    const send = () =>
      post(url, document as unknown as string, variables, either).catch((error: unknown) => {
        const known = toAppError(error);
        if (known.code === 'NETWORK') noteReach(false);
        throw known;
      }) as Promise<never>;
    try {
      return await send();
    } catch (error) {
      if (!isStaleToken(toAppError(error))) throw error;
      // The token changes at sign-in in another tab. Once: a second refusal is a real one.
      await refreshSession();
      return send();
    }
  };
}
