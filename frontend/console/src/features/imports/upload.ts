import { z } from 'zod';
import { i18n } from '@lingui/core';
import { AppError, errorFromAnswer, toAppError } from '@ui/graphql/errors';
import { currentCsrfToken } from '@ui/session/session';

export type ImportFormat = 'ksef' | 'csv';

/** The format that a file's name suggests; a person can overrule it. */
export function guessFormat(fileName: string): ImportFormat {
  return /\.(csv|txt)(\.gz)?$/i.test(fileName) ? 'csv' : 'ksef';
}

const mapping = z.record(z.string(), z.unknown());

/** True for nothing at all or a JSON object; what its keys mean is the server's to check. */
export function isMapping(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    return mapping.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

export interface Upload {
  file: File;
  format: ImportFormat;
  mapping: string;
}

/** Sends a file; its dry run starts by itself. Gives the id of the batch. */
export async function uploadImport(upload: Upload): Promise<string> {
  const body = new FormData();
  body.set('file', upload.file);
  body.set('format', upload.format);
  if (upload.format === 'csv' && upload.mapping.trim()) body.set('mapping', upload.mapping);
  const headers = { 'X-CSRFToken': currentCsrfToken(), 'Accept-Language': i18n.locale, Accept: 'application/json' };
  let response: Response;
  try {
    response = await fetch('/api/console/imports', { method: 'POST', headers, body });
  } catch (error) {
    throw toAppError(error);
  }
  const answer = (await response.json().catch(() => null)) as { id?: string; errors?: unknown } | null;
  if (!response.ok) throw errorFromAnswer(response.status, answer?.errors);
  if (!answer?.id) throw new AppError('SERVER', { status: 500 });
  return answer.id;
}
