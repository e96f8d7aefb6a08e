import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { addDecimals, subtractDecimals } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { describeError, toAppError } from '@ui/graphql/errors';
import type { Fault } from './form';
import { RulePreviewQuery } from './operations';
import classes from './RuleEditor.module.css';

export type Trial = ResultOf<typeof RulePreviewQuery>['rulePreview'];

const TYPING_MS = 450;

/** What a body means and does, asked for when the typing pauses; while it is refused, the last good answer stays. */
export function useTrial(body: string | null, ruleId: string | null) {
  const [asked] = useDebouncedValue(body, TYPING_MS);
  const query = useQuery({
    queryKey: ['rule-preview', ruleId, asked],
    queryFn: ({ signal }) => execute(RulePreviewQuery, { body: asked ?? '', ruleId }, signal).then((data) => data.rulePreview),
    enabled: asked !== null,
    staleTime: 60_000,
    retry: false,
  });
  const [good, setGood] = useState<Trial | null>(null);
  if (query.data && query.data !== good) setGood(query.data);
  const error = asked !== null && query.isError ? toAppError(query.error) : null;
  const fault: Fault | null = error?.code === 'BAD_RULE' ? { field: error.field ?? '', message: error.message } : null;
  return {
    trial: asked === null ? null : (query.data ?? good),
    fault,
    problem: error ? describeError(error) : null,
    stale: body !== asked || query.isPending || query.isError,
  };
}

interface PreviewProps {
  trial: Trial | null;
  problem: string | null;
  stale: boolean;
  /** A rule that is already there gave points of its own, which the draft would replace. */
  known: boolean;
}

/** The rule read back, and its effect on the latest invoices that it fits. */
export function RulePreview({ trial, problem, stale, known }: PreviewProps) {
  return (
    <div className={classes.preview}>
      <h2 className={page.subtitle}>
        <Trans>Read back</Trans>
      </h2>
      {problem ? (
        <p role="status" className={classes.problem}>
          <Trans>Not complete yet: {problem}</Trans>
        </p>
      ) : null}
      {trial ? (
        <div data-stale={stale} className={classes.answer}>
          <blockquote className={classes.sentence} lang="pl" data-testid="sentence-pl">
            {trial.sentencePl}
          </blockquote>
          <blockquote className={classes.sentence} lang="en" data-testid="sentence-en">
            {trial.sentenceEn}
          </blockquote>
          <h2 className={classes.trialTitle}>
            <Trans>On the latest invoices</Trans>
          </h2>
          <Effect trial={trial} known={known} />
        </div>
      ) : problem ? null : (
        <p className={classes.hint}>
          <Trans>Say what is awarded: the rule appears here in words, with what it would have given for the latest invoices.</Trans>
        </p>
      )}
    </div>
  );
}

function Effect({ trial, known }: { trial: Trial; known: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const { rows } = trial;
  if (rows.length === 0) {
    return (
      <p className={classes.hint}>
        <Trans>None of the latest {trial.lookedThrough} invoices fits this rule.</Trans>
      </p>
    );
  }
  const sum = (pick: (row: Trial['rows'][number]) => string) => addDecimals(...rows.map(pick));
  const totals = { given: sum((row) => row.given), mine: sum((row) => row.byThisRule), draft: sum((row) => row.byDraft) };
  const change = (draft: string, mine: string) => format.points(subtractDecimals(draft, mine), { signed: true });
  return (
    <>
      {/* a wide table on a phone: the box scrolls, also by keyboard */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} role="region" aria-label={t`Effect on invoices`} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Invoice</Trans>
              </th>
              <th scope="col">
                <Trans>All rules gave</Trans>
              </th>
              {known ? (
                <th scope="col">
                  <Trans>This rule gave</Trans>
                </th>
              ) : null}
              <th scope="col">
                <Trans>Draft would give</Trans>
              </th>
              <th scope="col">
                <Trans>Difference</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.documentId}>
                <th scope="row">
                  {row.number}
                  <span className={classes.buyer}>
                    {format.date(row.saleDate)} · {row.buyer}
                  </span>
                </th>
                <td>{format.points(row.given)}</td>
                {known ? <td>{format.points(row.byThisRule)}</td> : null}
                <td>{format.points(row.byDraft)}</td>
                <td>{change(row.byDraft, row.byThisRule)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <Trans>Together</Trans>
              </th>
              <td>{format.points(totals.given)}</td>
              {known ? <td>{format.points(totals.mine)}</td> : null}
              <td>{format.points(totals.draft)}</td>
              <td>{change(totals.draft, totals.mine)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={classes.note}>
        <Trans>Tried on real invoices and undone. The period is left aside; caps and budget start unused.</Trans>
      </p>
    </>
  );
}
