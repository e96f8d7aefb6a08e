import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '@ui/components/CopyButton';
import { getJson } from './requests';
import classes from './Id.module.css';

interface DevSecondFactor {
  name: string;
  email: string;
  code: string;
}

const POLL_MS = 2000;

/** What the authenticator apps of the demo's staff show now. */
export function DevSecondFactors() {
  const { t } = useLingui();
  const factors = useQuery({
    queryKey: ['dev', 'second-factors'],
    queryFn: ({ signal }) => getJson<{ people: DevSecondFactor[]; seconds: number }>('/api/dev/second-factors', signal),
    refetchInterval: POLL_MS,
  });
  const people = factors.data?.people ?? [];
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="dev-second-factors">
      <h2 id="dev-second-factors" className={classes.heading}>
        <Trans>Second factor of the demo’s staff</Trans>
      </h2>
      <p className={classes.hint}>
        <Trans>What their authenticator apps show now. New codes in {factors.data?.seconds ?? 0} s; each works once.</Trans>
      </p>
      <ul>
        {people.map((person) => (
          <li key={person.email} className={classes.panelRow} data-testid="dev-second-factor">
            <div className={classes.panelText}>
              <div className={classes.sessionName}>{person.name}</div>
              <div className={classes.hint}>{person.email}</div>
            </div>
            <span className={classes.mailCode}>{person.code}</span>
            <CopyButton text={person.code} label={t`Copy the code`} />
          </li>
        ))}
      </ul>
    </section>
  );
}
