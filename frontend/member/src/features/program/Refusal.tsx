import { Trans } from '@lingui/react/macro';
import { describeError, toAppError } from '@ui/graphql/errors';
import { currentPath, loginUrl } from '@ui/session/session';

interface RefusalProps {
  error: unknown;
  /** Where to come back to after proving who one is; this very page by default. */
  back?: string | undefined;
}

/** Why something was refused; with the way to prove who one is where that is what is missing. */
export function Refusal({ error, back }: RefusalProps) {
  if (toAppError(error).code !== 'REAUTHENTICATION_REQUIRED') return describeError(error);
  return (
    <>
      <Trans>This is a larger sum, so we make sure that it is you. It takes a moment, and you come right back.</Trans>{' '}
      <a href={loginUrl(back ?? currentPath(), 'fresh')} style={{ display: 'inline-block', padding: '0.625rem 0' }}>
        <Trans>Confirm that it is you</Trans>
      </a>
    </>
  );
}
