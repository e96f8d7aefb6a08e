import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute, type ResultOf } from '@console/api';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { Timeline } from '@ui/components/Timeline';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { applicationStateName, applicationTone } from './applicationState';
import { DeclineDialog } from './DeclineDialog';
import { Evidence } from './Evidence';
import { AcceptApplicationMutation, type ApplicationsQuery } from './operations';
import classes from './Applications.module.css';

export type Application = ResultOf<typeof ApplicationsQuery>['applications'][number];

export interface Decided {
  name: string;
  accepted: boolean;
  memberId: string | null;
}

interface ApplicationCardProps {
  application: Application;
  onDecided: (decided: Decided) => void;
}

export function ApplicationCard({ application, onDecided }: ApplicationCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { id, name, state, phone, reason, memberId } = application;
  const facts: [string, ReactNode][] = [
    [t`Firm`, application.firmName],
    [t`NIP`, application.nip],
    [t`E-mail`, application.email],
    [t`Phone`, phone ? <a key="phone" href={`tel:${phone}`}>{format.phone(phone)}</a> : '–'],
    [t`Applied`, format.dateTime(application.createdAt)],
  ];
  if (application.decidedAt) facts.push([t`Decided on`, format.dateTime(application.decidedAt)]);
  if (reason) facts.push([t`Reason`, reason]);
  return (
    <li className={classes.card} data-testid="application-card">
      <div className={classes.head}>
        <h2 className={classes.name}>
          {memberId ? (
            <Link to="/members/$memberId" params={{ memberId }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <StateLabel tone={applicationTone(state)}>{applicationStateName(state)}</StateLabel>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Evidence application={application} />
      {state === 'waiting' ? (
        <Only may="acceptApplication">
          <Decision key={id} application={application} onDecided={onDecided} />
        </Only>
      ) : null}
      <details>
        <summary className={page.link}>
          <Trans>What happened</Trans>
        </summary>
        <Timeline events={application.timeline} label={t`What happened to the application of ${name}`} />
      </details>
    </li>
  );
}

function Decision({ application: { id, name }, onDecided }: ApplicationCardProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [declining, setDeclining] = useState(false);
  const renew = () => Promise.all(['applications', 'members', 'firms'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const accept = useMutation({
    mutationFn: async () => {
      const { acceptApplication } = await execute(AcceptApplicationMutation, { input: { id } });
      throwOperationErrors(acceptApplication?.errors);
      return acceptApplication?.application?.memberId ?? null;
    },
    onSuccess: async (memberId) => {
      onDecided({ name, accepted: true, memberId });
      await renew();
    },
  });
  return (
    <div className={classes.actions}>
      <Button size="xs" loading={accept.isPending} aria-label={t`Accept ${name}`} onClick={() => accept.mutate()}>
        <Trans>Accept</Trans>
      </Button>
      <Button variant="default" size="xs" disabled={accept.isPending} aria-label={t`Decline ${name}`} onClick={() => setDeclining(true)}>
        <Trans>Decline</Trans>
      </Button>
      {accept.isError ? (
        <span role="alert" className={page.refused}>
          {describeError(accept.error)}
        </span>
      ) : null}
      {declining ? (
        <DeclineDialog
          id={id}
          name={name}
          onClose={() => setDeclining(false)}
          onDeclined={async () => {
            setDeclining(false);
            onDecided({ name, accepted: false, memberId: null });
            await renew();
          }}
        />
      ) : null}
    </div>
  );
}
