import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What went wrong, as a code that screens decide on. The text is for people and may be the server's. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly field: string | null;

  constructor(code: string, options: { status?: number; field?: string | null; message?: string } = {}) {
    super(options.message ?? code);
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 0;
    this.field = options.field ?? null;
  }

  /** True when the server may have done what was asked although no answer came. */
  get outcomeUnknown(): boolean {
    return this.code === 'NETWORK' || this.code === 'TIMEOUT' || this.status >= 500;
  }
}

export interface OperationError {
  code: string;
  field?: string | null;
  message?: string;
}

interface RawError {
  code?: unknown;
  message?: unknown;
  field?: unknown;
  extensions?: { code?: unknown; field?: unknown };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'TOO_LARGE';
  if (status === 429) return 'THROTTLED';
  return status >= 500 ? 'SERVER' : 'BAD_REQUEST';
}

/** The first error of an answer, whether GraphQL's own form (`extensions.code`, `extensions.field`) or the REST form (`code`). */
export function errorFromAnswer(status: number, errors: unknown): AppError {
  const first = Array.isArray(errors) ? (errors[0] as RawError | undefined) : undefined;
  const code = asText(first?.code) ?? asText(first?.extensions?.code) ?? (status >= 400 ? codeOfStatus(status) : 'SERVER');
  const message = asText(first?.message);
  return new AppError(code, { status, field: asText(first?.field) ?? asText(first?.extensions?.field) ?? null, ...(message ? { message } : {}) });
}

/** A mutation's own `errors` list: the first of it is thrown, an empty one passes. */
export function throwOperationErrors(errors: readonly OperationError[] | undefined): void {
  const first = errors?.[0];
  if (first) throw new AppError(first.code, { status: 200, field: first.field ?? null, ...(first.message ? { message: first.message } : {}) });
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') return new AppError('TIMEOUT');
  // fetch rejects with a TypeError when no answer came at all.
  if (error instanceof TypeError) return new AppError('NETWORK', { message: error.message });
  return new AppError('CLIENT', { message: error instanceof Error ? error.message : String(error) });
}

const SENTENCES: Record<string, MessageDescriptor> = {
  NETWORK: msg`No connection. Check the network and try again.`,
  TIMEOUT: msg`The server took too long to answer. Try again in a moment.`,
  UNAUTHENTICATED: msg`Your session has ended. Sign in again.`,
  FORBIDDEN: msg`Your account has no access to this.`,
  NOT_FOUND: msg`We could not find this.`,
  THROTTLED: msg`Too many attempts. Wait a minute and try again.`,
  TOO_LARGE: msg`The file is too large.`,
  SERVER: msg`Something failed on our side. Try again in a moment.`,
  CLIENT: msg`Something failed in the application. Reload the page.`,
  INSUFFICIENT_POINTS: msg`You do not have enough points for this.`,
};

/** Infrastructure errors in our words; an error of the domain in the server's, which knows the details. */
export function describeError(error: unknown): string {
  const appError = toAppError(error);
  const own = SENTENCES[appError.code];
  const fromServer = appError.message !== appError.code && appError.status > 0 && appError.status < 500;
  if (fromServer && !(own && appError.status >= 401)) return appError.message;
  return i18n._(own ?? (SENTENCES['SERVER'] as MessageDescriptor));
}
