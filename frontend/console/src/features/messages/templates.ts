import { queryOptions } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { MessageTemplatesQuery } from './operations';

export type Templates = ResultOf<typeof MessageTemplatesQuery>;
export type MessageTemplate = Templates['messageTemplates'][number];
export type Part = 'subject' | 'text' | 'mjml' | 'action';
export type Parts = Record<Part, string>;

export const PARTS: readonly Part[] = ['subject', 'text', 'mjml', 'action'];

export const templatesQuery = queryOptions({
  queryKey: ['messages', 'templates'],
  queryFn: ({ signal }) => execute(MessageTemplatesQuery, {}, signal),
});

export function partsOf(template: MessageTemplate): Parts {
  return { subject: template.subject, text: template.text, mjml: template.mjml, action: template.action };
}

/** A text with something put in where the caret is, and where the caret stands then. */
export function insertAt(text: string, piece: string, start: number, end: number): { text: string; caret: number } {
  return { text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length };
}
