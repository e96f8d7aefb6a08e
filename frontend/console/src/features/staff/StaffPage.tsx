import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { FormRefusal } from '@console/app/FormRefusal';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { useSurroundings } from '@ui/session/SessionContext';
import { AddStaffMutation, RemoveStaffMutation, SetStaffRolesMutation, StaffQuery } from './operations';
import { RoleChoice } from './RoleChoice';
import { ROLES } from './roles';
import classes from './Staff.module.css';

type Person = ResultOf<typeof StaffQuery>['staff'][number];

/** Who works here and what they may do. */
export function StaffPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');
  usePageTitle(t`People`);
  const query = useQuery({ queryKey: ['staff'], queryFn: ({ signal }) => execute(StaffQuery, {}, signal) });
  const renew = async (sentence: string) => {
    setSaid(sentence);
    await client.invalidateQueries({ queryKey: ['staff'] });
  };
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>People</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Who may open this console and what they do in it. Everybody signs in with their own account and a second factor.</Trans>
          </p>
        </div>
        <Only may="addStaff">
          {adding ? null : (
            <Button size="xs" onClick={() => setAdding(true)}>
              <Trans>Add a person</Trans>
            </Button>
          )}
        </Only>
      </div>
      <p role="status">{said}</p>
      {adding ? (
        <AddForm
          onCancel={() => setAdding(false)}
          onAdded={async (name) => {
            setAdding(false);
            await renew(t`${name} has access now and hears of it by e-mail.`);
          }}
        />
      ) : null}
      <ul>
        {query.data.staff.map((person) => (
          <Row key={person.personId} person={person} onChanged={renew} />
        ))}
      </ul>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>What happened</Trans>
        </h2>
        <Timeline events={query.data.staffTimeline} label={t`What happened`} />
      </section>
    </>
  );
}

function AddForm({ onAdded, onCancel }: { onAdded: (name: string) => Promise<void>; onCancel: () => void }) {
  const { t } = useLingui();
  const [values, setValues] = useState({ email: '', name: '', roles: [] as string[] });
  const add = useMutation({
    mutationFn: async () => {
      const { addStaff } = await execute(AddStaffMutation, { input: values });
      throwOperationErrors(addStaff?.errors);
      return addStaff?.staff?.name ?? values.name;
    },
    onSuccess: onAdded,
  });
  const refused = add.isError ? toAppError(add.error) : null;
  const errorOf = (field: keyof typeof values) => (refused?.field === field ? describeError(refused) : null);
  const change = (part: Partial<typeof values>) => {
    add.reset();
    setValues((before) => ({ ...before, ...part }));
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending) add.mutate();
      }}
    >
      <TextInput
        size="xs"
        type="email"
        autoComplete="off"
        label={t`E-mail`}
        value={values.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
        error={errorOf('email')}
        data-autofocus
      />
      <TextInput
        size="xs"
        autoComplete="off"
        label={t`First and last name`}
        value={values.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={errorOf('name')}
      />
      <RoleChoice chosen={values.roles} error={errorOf('roles')} onChange={(roles) => change({ roles })} />
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={add.isPending}>
          <Trans>Give access</Trans>
        </Button>
        <Button variant="default" size="xs" onClick={onCancel} disabled={add.isPending}>
          <Trans>Cancel</Trans>
        </Button>
        <FormRefusal refused={refused} values={values} />
      </div>
    </form>
  );
}

function Row({ person, onChanged }: { person: Person; onChanged: (sentence: string) => Promise<void> }) {
  const { i18n, t } = useLingui();
  const format = useFormat();
  const { session } = useSurroundings();
  const [asking, setAsking] = useState<'roles' | 'remove' | null>(null);
  const [roles, setRoles] = useState(person.roles);
  const own = session.person?.id === person.personId;
  const set = useMutation({
    mutationFn: async () => {
      const { setStaffRoles } = await execute(SetStaffRolesMutation, { input: { personId: person.personId, roles } });
      throwOperationErrors(setStaffRoles?.errors);
    },
    onSuccess: async () => {
      setAsking(null);
      await onChanged(t`The roles of ${person.name} were changed.`);
    },
  });
  const remove = useMutation({
    mutationFn: async () => {
      const { removeStaff } = await execute(RemoveStaffMutation, { input: { personId: person.personId } });
      throwOperationErrors(removeStaff?.errors);
    },
    onSuccess: async () => {
      setAsking(null);
      await onChanged(t`${person.name} has no access any more.`);
    },
  });
  const names = ROLES.filter(({ role }) => person.roles.includes(role)).map(({ name }) => i18n._(name));
  return (
    <li className={classes.row} data-testid="staff-row">
      <div>
        <div className={classes.name}>{own ? t`${person.name} (you)` : person.name}</div>
        <div className={classes.quiet}>{person.email}</div>
      </div>
      <div>
        <div>{names.join(', ')}</div>
        <div className={classes.quiet}>{t`since ${format.date(person.addedAt)}`}</div>
      </div>
      <Only may="setStaffRoles">
        {own ? (
          <span />
        ) : (
          <div className={classes.actions}>
            <Button
              variant="default"
              size="xs"
              aria-label={t`Roles of ${person.name}`}
              onClick={() => {
                set.reset();
                setRoles(person.roles);
                setAsking('roles');
              }}
            >
              <Trans>Roles</Trans>
            </Button>
            <Button variant="default" size="xs" aria-label={t`Take access from ${person.name}`} onClick={() => setAsking('remove')}>
              <Trans>Take access</Trans>
            </Button>
          </div>
        )}
      </Only>
      <ConfirmDialog
        opened={asking === 'roles'}
        title={<Trans>Roles of {person.name}</Trans>}
        confirmLabel={<Trans>Save</Trans>}
        pending={set.isPending}
        error={set.isError ? describeError(set.error) : null}
        onConfirm={() => set.mutate()}
        onClose={() => setAsking(null)}
      >
        <RoleChoice chosen={roles} error={null} onChange={setRoles} />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'remove'}
        title={<Trans>Take access from {person.name}?</Trans>}
        confirmLabel={<Trans>Take access</Trans>}
        danger
        pending={remove.isPending}
        error={remove.isError ? describeError(remove.error) : null}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(null)}
      >
        <Trans>The console is closed to them at once. What they did stays in the timelines under their name.</Trans>
      </ConfirmDialog>
    </li>
  );
}
