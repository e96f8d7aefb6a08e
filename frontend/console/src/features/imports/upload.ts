import { i18n } from '@lingui/core';
import { AppError, errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

export type ImportFormat = 'ksef' | 'csv' | 'xlsx';

/** The format that a file's name suggests; a person can overrule it. */
export function guessFormat(fileName: string): ImportFormat {
  if (/\.xlsx$/i.test(fileName)) return 'xlsx';
  return /\.(csv|txt)(\.gz)?$/i.test(fileName) ? 'csv' : 'ksef';
}

export interface Upload {
  file: File;
  format: ImportFormat;
}

export interface Uploaded {
  id: string;
  /** CHECKING, or UPLOADED while nobody has said what is in which column. */
  state: string;
}

/** Sends a file; the dry run of a KSeF file starts by itself. */
export async function uploadImport(upload: Upload): Promise<Uploaded> {
  const body = new FormData();
  body.set('file', upload.file);
  body.set('format', upload.format);
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  let response: Response;
  try {
    response = await fetch('/api/console/imports', { method: 'POST', headers, body });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as { id?: string; state?: string; errors?: unknown } | null;
  if (!response.ok) throw errorFromAnswer(response.status, answer?.errors);
  if (!answer?.id) throw new AppError('SERVER', { status: 500 });
  return { id: answer.id, state: answer.state ?? '' };
}
