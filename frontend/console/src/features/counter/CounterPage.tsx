import { useEffect, useRef, useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { FormRefusal } from '@console/app/FormRefusal';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { CounterEntriesQuery, EnrollAtCounterMutation } from './operations';
import classes from './Counter.module.css';

type Entry = ResultOf<typeof CounterEntriesQuery>['counterEntries'][number];
type Made = Pick<Entry, 'id' | 'kind' | 'contact' | 'known'>;

const BUSY_MS = 1000;
const QUIET_MS = 20_000;
/** A member is made within seconds. What takes longer is not watched so closely. */
const SOON_MS = 60_000;

/** For a clerk with a customer waiting: one field, one key, one answer. */
export function CounterPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [contact, setContact] = useState('');
  usePageTitle(t`Counter`);
  useEffect(() => field.current?.focus(), []);
  const enroll = useMutation({
    mutationFn: async (input: { contact: string }) => {
      const { enrollAtCounter } = await execute(EnrollAtCounterMutation, { input });
      throwOperationErrors(enrollAtCounter?.errors);
      return enrollAtCounter?.entry ?? null;
    },
    onSuccess: (_made, sent) => {
      // what was typed meanwhile is the next customer's
      setContact((now) => (now === sent.contact ? '' : now));
      for (const key of ['counter', 'members']) void client.invalidateQueries({ queryKey: [key] });
    },
    onSettled: () => field.current?.focus(),
  });
  const refused = enroll.isError ? toAppError(enroll.error) : null;
  const values = { contact };
  return (
    <>
      <h1 className={page.title}>
        <Trans>Counter</Trans>
      </h1>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!enroll.isPending) enroll.mutate(values);
        }}
      >
        <TextInput
          ref={field}
          size="xl"
          classNames={{ label: classes.label ?? '', input: classes.input ?? '', error: classes.error ?? '' }}
          label={t`Customer's e-mail or phone`}
          inputMode="email"
          enterKeyHint="send"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={contact}
          onChange={(event) => {
            if (enroll.isError) enroll.reset();
            setContact(event.currentTarget.value);
          }}
          error={refused?.field === 'contact' ? describeError(refused) : null}
          data-autofocus
        />
        <Button type="submit" size="xl" className={classes.submit ?? ''} loading={enroll.isPending}>
          <Trans>Make a member</Trans>
        </Button>
        <FormRefusal refused={refused} values={values} />
      </form>
      <div role="status" aria-live="polite" className={classes.answer} data-testid="counter-answer">
        {enroll.data ? <Answer made={enroll.data} /> : null}
      </div>
      <Lately since={enroll.submittedAt} />
    </>
  );
}

function useContact() {
  const format = useFormat();
  return ({ kind, contact }: Pick<Entry, 'kind' | 'contact'>) => (kind === 'phone' ? format.phone(contact) : contact);
}

function Answer({ made }: { made: Made }) {
  const contact = useContact()(made);
  return (
    <div className={classes.result} data-known={made.known}>
      <Icon name={made.known ? 'person' : 'check'} size={40} className={classes.mark} />
      <p>{made.known ? <Trans>{contact} is a member already. Points come by themselves.</Trans> : <Trans>{contact} is a member now. A message is on its way.</Trans>}</p>
    </div>
  );
}

/** What this clerk entered last, so that nobody is asked twice. */
function Lately({ since }: { since: number }) {
  const format = useFormat();
  const contactOf = useContact();
  const entries = useQuery({
    queryKey: ['counter'],
    queryFn: ({ signal }) => execute(CounterEntriesQuery, {}, signal).then((data) => data.counterEntries),
    refetchInterval: ({ state }) => {
      if (!state.data?.some((entry) => !entry.done)) return false;
      return Date.now() - since < SOON_MS ? BUSY_MS : QUIET_MS;
    },
  });
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>
        <Trans>Entered lately</Trans>
      </h2>
      {entries.isPending ? <Skeleton height={96} /> : null}
      {entries.isError && !entries.data ? <ErrorState error={entries.error} onRetry={() => void entries.refetch()} /> : null}
      {entries.data?.length === 0 ? (
        <p className={page.quiet}>
          <Trans>Nobody yet.</Trans>
        </p>
      ) : null}
      <ul className={classes.entries}>
        {entries.data?.map((entry) => (
          <li key={entry.id} className={classes.entry} data-testid="counter-entry">
            <span className={classes.contact}>{contactOf(entry)}</span>
            <span className={page.quiet}>{format.dateTime(entry.createdAt)}</span>
            <Became entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Became({ entry }: { entry: Entry }) {
  if (entry.known) {
    return (
      <StateLabel tone="quiet">
        <Trans>was a member already</Trans>
      </StateLabel>
    );
  }
  return entry.done ? (
    <StateLabel tone="good">
      <Trans>new</Trans>
    </StateLabel>
  ) : (
    <StateLabel tone="busy">
      <Trans>in a moment</Trans>
    </StateLabel>
  );
}
