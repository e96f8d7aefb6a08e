import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Locked, Only } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { SettingsQuery } from './operations';
import { Registration } from './Registration';
import { SettingsForm } from './SettingsForm';

/** How the program works: who runs it, how points are rounded, when they end. */
export function SettingsPage() {
  const { t } = useLingui();
  usePageTitle(t`Settings`);
  const query = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => execute(SettingsQuery, {}, signal) });
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Settings</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Who runs the program, how points are rounded and when they end.</Trans>
          </p>
        </div>
      </div>
      <div className={page.columns}>
        <div>
          <Locked may="updateProgram">
            <SettingsForm program={query.data.program} />
            <Only may="registration">
              <Registration />
            </Only>
          </Locked>
        </div>
        <section>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={query.data.programTimeline} label={t`What happened`} />
        </section>
      </div>
    </>
  );
}
