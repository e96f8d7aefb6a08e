import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { PartnersQuery } from './operations';
import { PartnerSection } from './PartnerSection';

// a catalog that is being fetched takes seconds
const WHILE_FETCHING_MS = 1500;

export function PartnersPage() {
  const { t } = useLingui();
  usePageTitle(t`Partners`);
  const partners = useQuery({
    queryKey: ['partners'],
    queryFn: ({ signal }) => execute(PartnersQuery, {}, signal).then((data) => data.partners),
    refetchInterval: ({ state }) => (state.data?.some((each) => each.syncState === 'ASKED') ? WHILE_FETCHING_MS : false),
  });
  if (!partners.data) return partners.isError ? <ErrorState page error={partners.error} onRetry={() => void partners.refetch()} /> : <PagePending />;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Partners</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Who issues the vouchers, and how the connections do.</Trans>
          </p>
        </div>
      </div>
      {partners.data.length === 0 ? (
        <EmptyState icon="swap" title={<Trans>No partners yet</Trans>}>
          <Trans>A partner is connected by whoever runs the platform.</Trans>
        </EmptyState>
      ) : null}
      {partners.data.map((partner) => (
        <PartnerSection key={partner.id} partner={partner} />
      ))}
    </>
  );
}
