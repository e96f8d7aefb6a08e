import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { usePageTitle } from '@ui/components/usePageTitle';

export function NotFound() {
  const { t } = useLingui();
  usePageTitle(t`Page not found`);
  return (
    <EmptyState
      page
      icon="search"
      title={<Trans>There is no such page</Trans>}
      action={
        <ButtonLink to="/">
          <Trans>Wholesalers side by side</Trans>
        </ButtonLink>
      }
    />
  );
}
