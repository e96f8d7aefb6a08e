import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Locked } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { BrandingForm } from './BrandingForm';
import type { Look } from './look';
import { BrandingQuery } from './operations';

const LOOKS = new Set(['program.branding_changed', 'branding.logo_set', 'branding.logo_removed']);

/** How the program looks to its members, with a phone that shows it while it is written. */
export function BrandingPage() {
  const { t } = useLingui();
  usePageTitle(t`Branding`);
  const query = useQuery({ queryKey: ['branding'], queryFn: ({ signal }) => execute(BrandingQuery, {}, signal) });
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const { program, programTimeline } = query.data;
  const { logo, ...branding } = query.data.branding;
  const forms = program.pointForms;
  const saved: Look = { name: program.name, ...branding, pointOne: forms.one, pointFew: forms.few, pointMany: forms.many, pointOther: forms.other };
  const events = programTimeline.filter((event) => LOOKS.has(event.code));
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Branding</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Name, colors and logo of your program. Members see a change the next time they open the app.</Trans>
          </p>
        </div>
      </div>
      <Locked may="updateBranding"><BrandingForm saved={saved} logo={logo ?? null} /></Locked>
      {events.length > 0 ? (
        <section className={page.section}>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={events} label={t`What happened`} />
        </section>
      ) : null}
    </>
  );
}
