import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { describeError } from '@ui/graphql/errors';
import { EmptyState } from './EmptyState';

/** What failed, in a sentence, and a way to try again. */
export function ErrorState({ error, onRetry, page = false }: { error: unknown; onRetry?: () => void; page?: boolean }) {
  return (
    <div role="alert">
      <EmptyState
        icon="alert"
        page={page}
        title={<Trans>This did not load</Trans>}
        action={
          onRetry ? (
            <Button variant="default" onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          ) : null
        }
      >
        {describeError(error)}
      </EmptyState>
    </div>
  );
}
