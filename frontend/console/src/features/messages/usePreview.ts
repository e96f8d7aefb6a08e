import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { MessagePreviewQuery } from './operations';
import type { Parts } from './templates';

const TYPING_MS = 350;

/** What a template says with sample values, or what is wrong with it. `asked` is the template that the answer is of. */
export type Said = ResultOf<typeof MessagePreviewQuery>['messagePreview'] & { asked: Parts };
export type Preview = UseQueryResult<Said>;

/** Asks when the typing pauses. */
export function usePreview(kind: string, language: string, parts: Parts): Preview {
  const [asked] = useDebouncedValue(parts, TYPING_MS);
  return useQuery<Said>({
    queryKey: ['message-preview', kind, language, asked],
    queryFn: ({ signal }) => execute(MessagePreviewQuery, { kind, language, ...asked }, signal).then((data) => ({ ...data.messagePreview, asked })),
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
}
