import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { ClientError, GraphQLClient, type RequestOptions } from 'graphql-request';
import { i18n } from '@lingui/core';
import { currentCsrfToken, refreshSession } from '@ui/session/session';
import { AppError, errorFromAnswer, toAppError } from './errors';

const TIMEOUT_MS = 20_000;

export type Execute = <Result, Variables extends object>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
) => Promise<Result>;

function fromClient(error: unknown): AppError {
  if (!(error instanceof ClientError)) return toAppError(error);
  return errorFromAnswer(error.response.status, error.response.errors ?? restErrors(error.response));
}

/** A gate in front of GraphQL (no session, no role, throttled) answers `{errors}` in the REST form, or no JSON at all. */
function restErrors(response: unknown): unknown {
  const body = (response as { body?: unknown }).body;
  if (typeof body !== 'string') return undefined;
  try {
    return (JSON.parse(body) as { errors?: unknown }).errors;
  } catch {
    return undefined;
  }
}

function isStaleToken(error: AppError): boolean {
  return error.code === 'CSRF_FAILED' || (error.status === 403 && error.code === 'FORBIDDEN' && error.message === error.code);
}

/** One endpoint; every call carries the session's CSRF token and asks for texts in the language on screen. */
export function createExecute(path: string): Execute {
  const url = new URL(path, window.location.origin).toString();
  const client = new GraphQLClient(url, {
    fetch: (input, init) => fetch(input, init),
    credentials: 'same-origin',
    headers: () => ({ 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale }),
  });
  return async (document, variables, signal) => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const send = () =>
      client.request<never>({
        document,
        variables,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      } as RequestOptions<object, never>);
    try {
      return await send();
    } catch (first) {
      const error = fromClient(first);
      if (!isStaleToken(error)) throw error;
      // The token changes at sign-in in another tab. Once: a second refusal is a real one.
      await refreshSession();
      return send().catch((second: unknown) => {
        throw fromClient(second);
      });
    }
  };
}
