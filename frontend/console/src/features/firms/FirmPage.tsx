import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { Evidence } from './Evidence';
import { Invitations } from './Invitations';
import { FirmQuery } from './operations';
import { People } from './People';
import classes from './Firm.module.css';

export function FirmPage() {
  const { t } = useLingui();
  const { firmId } = useParams({ from: '/firms/$firmId' });
  const query = useQuery({
    queryKey: ['firms', 'one', firmId],
    queryFn: ({ signal }) => execute(FirmQuery, { id: firmId }, signal).then((data) => data.firm),
  });
  const firm = query.data;
  usePageTitle(firm?.name ?? t`Firm`);
  if (firm === null) {
    const all = (
      <ButtonLink to="/firms">
        <Trans>Firms</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="people" title={<Trans>There is no such firm</Trans>} action={all} />;
  }
  if (!firm) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const { decisionMaker } = firm;
  return (
    <>
      <Link to="/firms" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Firms</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{firm.name}</h1>
          {firm.nip ? <p className={page.lead}>NIP {firm.nip}</p> : null}
          {decisionMaker ? (
            <p className={page.lead}>
              <Trans>Decides what is bought: {decisionMaker}</Trans>
            </p>
          ) : null}
        </div>
      </div>
      <div className={page.columns}>
        <div>
          <People firm={firm} />
          <Evidence firmId={firm.id} search={firm.nip ?? firm.name} />
          <Invitations firm={firm} />
        </div>
        <div>
          <Splits splits={firm.splits} />
          <section className={page.section}>
            <h2 className={page.subtitle}>
              <Trans>What happened</Trans>
            </h2>
            <Timeline events={firm.timeline} label={t`What happened`} />
          </section>
        </div>
      </div>
    </>
  );
}

type Split = NonNullable<ResultOf<typeof FirmQuery>['firm']>['splits'][number];

/** How the owner split the points, and since when. */
function Splits({ splits }: { splits: readonly Split[] }) {
  const format = useFormat();
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Split of points</Trans>
      </h2>
      {splits.length === 0 ? (
        <p className={classes.note}>
          <Trans>Everything is the owner's. The owner sets shares in the member app.</Trans>
        </p>
      ) : null}
      {splits.map((split) => (
        <div key={split.id} className={classes.split}>
          <div>
            <Trans>Purchases from {format.date(split.validFrom)}</Trans>
          </div>
          <div className={classes.note}>
            {split.shares.length === 0 ? (
              <Trans>everything to the owner</Trans>
            ) : (
              split.shares.map((share) => `${share.name} ${format.quantity(share.percent)}%`).join(', ')
            )}
          </div>
        </div>
      ))}
    </section>
  );
}
