import { Trans } from '@lingui/react/macro';
import { describeError } from '@ui/graphql/errors';
import { EmptyState } from './EmptyState';
import classes from './states.module.css';

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
            <button type="button" className={classes.again} onClick={onRetry}>
              <Trans>Try again</Trans>
            </button>
          ) : null
        }
      >
        {describeError(error)}
      </EmptyState>
    </div>
  );
}
