import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useMay } from './Only';

export function NotFound() {
  const { t } = useLingui();
  const imports = useMay()('imports');
  usePageTitle(t`Page not found`);
  return (
    <EmptyState
      page
      icon="search"
      title={<Trans>There is no such page</Trans>}
      action={
        imports ? (
          <ButtonLink to="/imports">
            <Trans>Go to the imports</Trans>
          </ButtonLink>
        ) : (
          <ButtonLink to="/">
            <Trans>Go to the first page</Trans>
          </ButtonLink>
        )
      }
    />
  );
}
