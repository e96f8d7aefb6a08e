import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { usePageTitle } from '@ui/components/usePageTitle';

/** Instead of a page that the person's roles do not open. */
export function NotYours() {
  const { t } = useLingui();
  usePageTitle(t`No access`);
  return (
    <EmptyState
      page
      icon="key"
      title={<Trans>Your role does not open this page</Trans>}
      action={
        <ButtonLink to="/">
          <Trans>Go to the first page</Trans>
        </ButtonLink>
      }
    />
  );
}
