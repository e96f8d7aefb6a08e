import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { NotYours } from '@console/app/NotYours';
import page from '@console/app/page.module.css';
import { execute } from '@console/hq/api';
import { isDirector } from '@console/hq/roles';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useSurroundings } from '@ui/session/SessionContext';
import { OpenForm } from './OpenForm';
import { WholesalersQuery } from './operations';
import { WholesalerRow } from './WholesalerRow';
import { isBeingMade } from './wholesalerState';
import classes from './Network.module.css';

const BUSY_MS = 2000;

/** The wholesalers of the network and their life. Only directors decide about it. */
export function NetworkPage() {
  const { session } = useSurroundings();
  return isDirector(session.roles) ? <Wholesalers /> : <NotYours />;
}

function Wholesalers() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [opening, setOpening] = useState(false);
  const [said, setSaid] = useState<{ id: string; sentence: string } | null>(null);
  /** Those that this page saw being made: once they are live, it says so. */
  const [awaited, setAwaited] = useState<readonly string[]>([]);
  usePageTitle(t`Wholesalers`);
  const query = useQuery({
    queryKey: ['wholesalers'],
    queryFn: ({ signal }) => execute(WholesalersQuery, {}, signal),
    refetchInterval: ({ state }) => (state.data?.wholesalers.some((each) => isBeingMade(each.state)) ? BUSY_MS : false),
  });
  const list = query.data?.wholesalers ?? [];
  const more = list.filter((each) => isBeingMade(each.state) && !awaited.includes(each.id)).map((each) => each.id);
  if (more.length > 0) setAwaited([...awaited, ...more]);
  const arrived = list.filter((each) => each.state === 'live' && awaited.includes(each.id));
  const renew = async (id: string, sentence: string) => {
    setSaid({ id, sentence });
    await client.invalidateQueries({ queryKey: ['wholesalers'] });
  };
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Wholesalers</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>The programs of the network, from the first day to the last. A new one is made within about a minute.</Trans>
          </p>
        </div>
        {opening ? null : (
          <Button size="xs" onClick={() => setOpening(true)}>
            <Trans>New wholesaler</Trans>
          </Button>
        )}
      </div>
      <div role="status" aria-live="polite" className={classes.said}>
        {said && !arrived.some((each) => each.id === said.id) ? <p>{said.sentence}</p> : null}
        {arrived.map(({ id, name, url }) => (
          <p key={id}>
            <Trans>{name} is live.</Trans>{' '}
            <a href={`${url}/console`}>
              <Trans>Open its console</Trans>
            </a>
          </p>
        ))}
      </div>
      {opening ? (
        <OpenForm
          onCancel={() => setOpening(false)}
          onOpened={async ({ id, name }) => {
            setOpening(false);
            setAwaited((before) => [...before, id]);
            await renew(id, t`${name} is being made. This page says when it is live.`);
          }}
        />
      ) : null}
      {list.length === 0 ? <EmptyState icon="list" title={<Trans>No wholesaler yet</Trans>} /> : null}
      <ul>
        {list.map((wholesaler) => (
          <WholesalerRow
            key={wholesaler.id}
            wholesaler={wholesaler}
            onChanged={(id, sentence) => {
              setAwaited((before) => before.filter((each) => each !== id));
              return renew(id, sentence);
            }}
          />
        ))}
      </ul>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>What happened</Trans>
        </h2>
        <Timeline events={query.data.wholesalersTimeline} label={t`What happened`} />
      </section>
    </>
  );
}
