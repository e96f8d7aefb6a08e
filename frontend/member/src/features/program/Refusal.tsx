import { Trans } from '@lingui/react/macro';
import { describeError, toAppError } from '@ui/graphql/errors';
import { currentPath, loginUrl } from '@ui/session/session';

// eslint-disable-next-line lingui/no-unlocalized-strings -- styles
const LINK = { display: 'inline-block', padding: '0.625rem 0' };

interface RefusalProps {
  error: unknown;
  /** Where to come back to after proving who one is; this very page by default. */
  back?: string | undefined;
}

/** Why something was refused; with the way to what is missing: a proof of who one is, or the terms. */
export function Refusal({ error, back }: RefusalProps) {
  const { code } = toAppError(error);
  if (code === 'TERMS_NOT_ACCEPTED') {
    return (
      <>
        {describeError(error)}{' '}
        <a href={`/terms?back=${encodeURIComponent(back ?? currentPath())}`} style={LINK}>
          <Trans>Read the terms</Trans>
        </a>
      </>
    );
  }
  if (code !== 'REAUTHENTICATION_REQUIRED') return describeError(error);
  return (
    <>
      <Trans>This is a larger sum, so we make sure that it is you. It takes a moment, and you come right back.</Trans>{' '}
      <a href={loginUrl(back ?? currentPath(), 'fresh')} style={LINK}>
        <Trans>Confirm that it is you</Trans>
      </a>
    </>
  );
}
