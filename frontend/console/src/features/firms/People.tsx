import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { RemoveFromFirmMutation, SetFirmOwnerMutation, type FirmQuery } from './operations';
import { useSpendings } from './spending';
import { useFirmChange } from './useFirmChange';
import classes from './Firm.module.css';

type Firm = NonNullable<ResultOf<typeof FirmQuery>['firm']>;
type Person = Firm['members'][number];

/** Who belongs and who belonged. Shares and spending are the owner's to decide; people come and go here, too. */
export function People({ firm }: { firm: Firm }) {
  const format = useFormat();
  const spendings = useSpendings();
  const here = firm.members.filter((each) => each.leftAt === null);
  const gone = firm.members.filter((each) => each.leftAt !== null);
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>People</Trans>
      </h2>
      <div className={classes.scroll}>
        <table className={classes.people}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Name</Trans>
              </th>
              <th scope="col">
                <Trans>Role</Trans>
              </th>
              <th scope="col" className={classes.end}>
                <Trans>Share</Trans>
              </th>
              <th scope="col">
                <Trans>Spending</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {here.map((person) => (
              <tr key={person.memberId}>
                <td>
                  <Link to="/members/$memberId" params={{ memberId: person.memberId }}>
                    {person.name}
                  </Link>
                  <div className={classes.note}>
                    <Trans>since {format.date(person.joinedAt)}</Trans>
                  </div>
                  {person.role === 'fitter' ? <Only may="removeFromFirm"><PersonActions firm={firm} person={person} /></Only> : null}
                </td>
                <td>{person.role === 'owner' ? <Trans>owner</Trans> : <Trans>fitter</Trans>}</td>
                <td className={classes.end}>{person.percent === null ? <Trans>the rest</Trans> : `${format.quantity(person.percent)}%`}</td>
                <td>{person.role === 'owner' ? '–' : spendings.find((each) => each.value === person.spending)?.label}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {gone.length > 0 ? (
        <details>
          <summary className={page.link}>
            <Trans>Earlier roles</Trans>
          </summary>
          <ul>
            {gone.map((person) => (
              <li key={`${person.memberId}${person.joinedAt}`} className={classes.note}>
                {person.name}, {person.role === 'owner' ? <Trans>owner</Trans> : <Trans>fitter</Trans>}: {format.date(person.joinedAt)} – {person.leftAt ? format.date(person.leftAt) : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function PersonActions({ firm, person }: { firm: Firm; person: Person }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<'remove' | 'owner' | null>(null);
  const close = () => setAsking(null);
  const input = { firmId: firm.id, memberId: person.memberId };
  const remove = useFirmChange(async () => (await execute(RemoveFromFirmMutation, { input })).removeFromFirm?.errors, close);
  const owner = useFirmChange(async () => (await execute(SetFirmOwnerMutation, { input })).setFirmOwner?.errors, close);
  return (
    <div className={classes.actions}>
      <Button size="compact-xs" variant="subtle" aria-label={t`Make ${person.name} the owner`} onClick={() => setAsking('owner')}>
        <Trans>Make owner</Trans>
      </Button>
      <Button size="compact-xs" variant="subtle" aria-label={t`Remove ${person.name} from the firm`} onClick={() => setAsking('remove')}>
        <Trans>Remove</Trans>
      </Button>
      <ConfirmDialog
        opened={asking === 'remove'}
        title={<Trans>Remove {person.name} from {firm.name}?</Trans>}
        confirmLabel={<Trans>Remove</Trans>}
        danger
        pending={remove.isPending}
        error={remove.isError ? describeError(remove.error) : undefined}
        onConfirm={() => remove.mutate(undefined)}
        onClose={close}
      >
        <p>
          <Trans>Points that {person.name} already has stay theirs. From tomorrow their share of new purchases is the owner's. Orders that wait for the owner's approval are given back.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'owner'}
        title={<Trans>Make {person.name} the owner of {firm.name}?</Trans>}
        confirmLabel={<Trans>Make owner</Trans>}
        danger
        pending={owner.isPending}
        error={owner.isError ? describeError(owner.error) : undefined}
        onConfirm={() => owner.mutate(undefined)}
        onClose={close}
      >
        <p>
          <Trans>From now on {person.name} gets what no share names, and decides about shares, approvals and people. The present owner stays as a fitter, without a share.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
