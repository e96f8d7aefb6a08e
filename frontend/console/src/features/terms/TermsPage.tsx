import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import { Only } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { PublishTermsMutation, TermsVersionsQuery } from './operations';
import classes from './Terms.module.css';

type Version = ResultOf<typeof TermsVersionsQuery>['termsVersions'][number];

/** The program's terms: the versions that were published, and a new one. */
export function TermsPage() {
  const { t } = useLingui();
  usePageTitle(t`Terms`);
  const query = useQuery({ queryKey: ['terms'], queryFn: ({ signal }) => execute(TermsVersionsQuery, {}, signal).then((data) => data.termsVersions) });
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const [current] = query.data;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Terms</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Members accept the version in force before they spend points. What was published stays as it was: people agreed to it.</Trans>
          </p>
        </div>
      </div>
      <Only may="publishTerms">
        <PublishForm key={current?.number ?? 0} current={current ?? null} />
      </Only>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>Published versions</Trans>
        </h2>
        {query.data.length === 0 ? (
          <p className={page.lead}>
            <Trans>None yet: nobody is asked.</Trans>
          </p>
        ) : null}
        <ul>
          {query.data.map((version) => (
            <VersionRow key={version.number} version={version} inForce={version === current} />
          ))}
        </ul>
      </section>
    </>
  );
}

function VersionRow({ version, inForce }: { version: Version; inForce: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const facts = [format.dateTime(version.publishedAt), version.publishedBy].filter(Boolean).join(' · ');
  return (
    <li className={classes.version} data-testid="terms-version">
      <details>
        <summary className={page.link}>
          {inForce ? t`Version ${version.number}, in force` : t`Version ${version.number}`}
        </summary>
        <div className={classes.text}>{version.textPl}</div>
        <div className={classes.text} lang="en">
          {version.textEn}
        </div>
      </details>
      <div className={classes.quiet}>
        {facts} · <Plural value={version.accepted} one="# member accepted it" other="# members accepted it" />
      </div>
    </li>
  );
}

function PublishForm({ current }: { current: Version | null }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const saved = { textPl: current?.textPl ?? '', textEn: current?.textEn ?? '' };
  const [values, setValues] = useState(saved);
  const [asking, setAsking] = useState(false);
  const publish = useMutation({
    mutationFn: async () => {
      const { publishTerms } = await execute(PublishTermsMutation, { input: values });
      throwOperationErrors(publishTerms?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['terms'] }),
    onSettled: () => setAsking(false),
  });
  const refused = publish.isError ? toAppError(publish.error) : null;
  const change = (part: Partial<typeof values>) => {
    publish.reset();
    setValues((before) => ({ ...before, ...part }));
  };
  const field = (name: keyof typeof values, label: string) => (
    <Textarea
      size="xs"
      label={label}
      autosize
      minRows={8}
      maxRows={24}
      value={values[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={refused?.field === name ? describeError(refused) : null}
    />
  );
  const same = values.textPl === saved.textPl && values.textEn === saved.textEn;
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) setAsking(true);
      }}
    >
      <div className={classes.texts}>
        {field('textPl', t`In Polish`)}
        {field('textEn', t`In English`)}
      </div>
      <div>
        <Button type="submit" size="xs" disabled={same} loading={publish.isPending}>
          <Trans>Publish a new version</Trans>
        </Button>
      </div>
      {refused && !refused.field ? (
        <p role="alert" className={classes.error}>
          {describeError(refused)}
        </p>
      ) : null}
      <ConfirmDialog
        opened={asking}
        title={<Trans>Publish these terms?</Trans>}
        confirmLabel={<Trans>Publish</Trans>}
        pending={publish.isPending}
        onConfirm={() => publish.mutate()}
        onClose={() => setAsking(false)}
      >
        <Trans>They are in force at once. Every member has to accept them before the next order, and they cannot be changed afterwards.</Trans>
      </ConfirmDialog>
    </form>
  );
}
