import { ErrorState } from '@ui/components/ErrorState';

export function RouteFailure({ error }: { error: unknown }) {
  return <ErrorState page error={error} onRetry={() => window.location.reload()} />;
}
