import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { useLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { AcceptTermsMutation, TermsQuery } from './operations';
import classes from './Terms.module.css';

/** The program's terms; whoever was sent here by an order agrees and goes back to it. */
export function TermsPage() {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const language = useLanguage();
  const { brand } = useSurroundings();
  const { back } = useSearch({ from: '/terms' });
  usePageTitle(t`Terms of the program`);
  const query = useQuery({ queryKey: ['terms', language], queryFn: ({ signal }) => execute(TermsQuery, {}, signal).then((data) => data.terms) });
  const accept = useMutation({
    mutationFn: async (version: number) => {
      const { acceptTerms } = await execute(AcceptTermsMutation, { input: { version } });
      throwOperationErrors(acceptTerms?.errors);
    },
    onSuccess: async () => {
      if (back) window.location.assign(back);
      else await client.invalidateQueries({ queryKey: ['terms'] });
    },
  });
  if (query.isError) return <ErrorState page error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PagePending />;
  const terms = query.data;
  if (terms === null) {
    return (
      <EmptyState page icon="list" title={<Trans>This program has no terms yet</Trans>}>
        <Trans>{brand.name} has not published any.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className={rows.page}>
        <Trans>Terms of the program</Trans>
      </h1>
      <p className={classes.version}>
        <Trans>
          Version {terms.version}, of {format.date(terms.publishedAt)}
        </Trans>
      </p>
      <div className={classes.text} data-testid="terms-text">
        {terms.text}
      </div>
      {terms.acceptedAt ? (
        <p className={classes.version} role="status">
          <Trans>You accepted them on {format.dateTime(terms.acceptedAt)}.</Trans>
        </p>
      ) : (
        <div className={classes.accept}>
          <p>
            <Trans>Points can be spent once you accept them. Collecting goes on either way.</Trans>
          </p>
          {accept.isError ? <p role="alert">{describeError(accept.error)}</p> : null}
          <Button size="lg" fullWidth loading={accept.isPending} onClick={() => accept.mutate(terms.version)}>
            <Trans>I accept the terms</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
