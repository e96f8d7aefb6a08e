import { ErrorState } from '@ui/components/ErrorState';

export function RouteFailure({ error }: { error: unknown }) {
  return <ErrorState error={error} onRetry={() => window.location.reload()} />;
}
