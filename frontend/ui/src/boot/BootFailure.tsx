import { ErrorState } from '@ui/components/ErrorState';

/** Neither the server nor anything kept from last time could tell who is here. */
export function BootFailure({ error }: { error: Error }) {
  return (
    <main>
      <ErrorState page error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}
