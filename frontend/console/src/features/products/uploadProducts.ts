import { i18n } from '@lingui/core';
import { AppError, errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

export interface RowProblem {
  row: number;
  field: string;
  value: string;
  message: string;
}

/** The list was refused for some of its rows. */
export class RowsRefused extends Error {
  readonly refusal: AppError;
  readonly rows: readonly RowProblem[];

  constructor(refusal: AppError, rows: readonly RowProblem[]) {
    super('rows refused');
    this.refusal = refusal;
    this.rows = rows;
  }
}

interface Answer {
  products?: number;
  errors?: unknown;
  rows?: RowProblem[];
}

/** Sends a product list; the server takes all of it or nothing. Gives how many products it holds. */
export async function uploadProducts(file: File): Promise<number> {
  const body = new FormData();
  body.set('file', file);
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  let response: Response;
  try {
    response = await fetch('/api/console/products', { method: 'POST', headers, body });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as Answer | null;
  if (!response.ok) {
    const refusal = errorFromAnswer(response.status, answer?.errors);
    throw answer?.rows?.length ? new RowsRefused(refusal, answer.rows) : refusal;
  }
  if (answer?.products === undefined) throw new AppError('SERVER', { status: 500 });
  return answer.products;
}
