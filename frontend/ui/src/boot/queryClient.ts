import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toAppError } from '@ui/graphql/errors';

export interface Refusals {
  onSignedOut: () => void;
  onForbidden: () => void;
  /** Staff whose second factor is missing, or too old. */
  onOneFactor?: () => void;
}

/** Refusals of the whole host (no session, no role) are heard here once instead of on every screen. */
export function createQueryClient(refusals: Refusals): QueryClient {
  const hear = (error: unknown) => {
    const { code, status } = toAppError(error);
    if (code === 'UNAUTHENTICATED') refusals.onSignedOut();
    if (code === 'SECOND_FACTOR_REQUIRED') refusals.onOneFactor?.();
    if (code === 'FORBIDDEN' && status === 403) refusals.onForbidden();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: hear }),
    mutationCache: new MutationCache({ onError: hear }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // Without a network a screen says so with a way to try again, instead of an outline for ever.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) => failures < 2 && toAppError(error).outcomeUnknown,
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      // A write is repeated only by a person, or under its idempotency key.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
