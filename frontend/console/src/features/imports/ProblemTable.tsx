import { useEffect, useMemo, useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ResourceList } from '@ui/components/ResourceList';
import { fieldName } from './fieldName';
import { FixCell, Fixing } from './Fixing';
import { ImportProblemsQuery } from './operations';
import classes from './BatchPage.module.css';

const PAGE = 100;
/** Letters of a document's number above which it may break. */
const LONG = 26;

type Batch = NonNullable<ResultOf<typeof ImportProblemsQuery>['importBatch']>;
export type Problem = Batch['problems']['edges'][number]['node'];
type Severity = 'ALL' | 'ERROR' | 'NOTICE';

const column = createColumnHelper<Problem>();

function Kind({ problem }: { problem: Problem }) {
  const { t } = useLingui();
  const error = problem.severity === 'ERROR';
  return <StateLabel tone={error ? 'bad' : 'warn'}>{error ? t`Error` : t`Notice`}</StateLabel>;
}

function Document({ problem }: { problem: Problem }) {
  const shown = problem.document ?? problem.file;
  return (
    <span className={classes.document} data-long={shown.length > LONG} title={problem.file}>
      {shown}
    </span>
  );
}

/** A reader's name, and under it the column of the file, else the name that the file has. */
function Field({ problem }: { problem: Problem }) {
  const { field, column: heading } = problem;
  if (field === null) return '–';
  const name = fieldName(field);
  if (name === null) return <span className={classes.field}>{field}</span>;
  return (
    <>
      <div>{name}</div>
      <div className={classes.code}>{heading ?? field}</div>
    </>
  );
}

/** On a phone, where it is, under what is wrong with it. */
function Where({ problem }: { problem: Problem }) {
  const { t } = useLingui();
  const name = problem.field && fieldName(problem.field);
  const field = name ? `${name} (${problem.column ?? problem.field})` : problem.field;
  const line = problem.row ?? problem.line;
  const parts = [line === null ? null : t`line ${line}`, field, problem.value];
  return <div className={classes.where}>{parts.filter(Boolean).join(' · ')}</div>;
}

function useColumns() {
  const { t } = useLingui();
  return useMemo(
    () => [
      column.accessor('severity', {
        header: t`Kind`,
        meta: { narrow: 'hide' },
        cell: ({ row }) => <Kind problem={row.original} />,
      }),
      column.accessor('document', {
        header: t`Document`,
        meta: { narrow: 'hide' },
        cell: ({ row }) => <Document problem={row.original} />,
      }),
      column.accessor('line', { header: t`Line`, meta: { align: 'end', narrow: 'hide' }, cell: ({ getValue, row }) => row.original.row ?? getValue() ?? '–' }),
      column.accessor('field', { header: t`Field`, meta: { narrow: 'hide' }, cell: ({ row }) => <Field problem={row.original} /> }),
      column.accessor('value', { header: t`Value`, meta: { narrow: 'hide' }, cell: ({ getValue }) => <span className={classes.value}>{getValue() ?? '–'}</span> }),
      column.accessor('message', {
        header: t`What is wrong`,
        cell: ({ row }) => (
          <div className={classes.message}>
            <div className={classes.which}>
              <Kind problem={row.original} />
              <Document problem={row.original} />
            </div>
            {row.original.message}
            <FixCell problem={row.original} />
            <Where problem={row.original} />
            <div className={classes.code}>{row.original.code}</div>
          </div>
        ),
      }),
    ],
    [t],
  );
}

interface ProblemTableProps {
  batchId: string;
  /** The list is another one after each step of the batch. */
  batchState: string;
  count: number;
}

/** Why documents were rejected (errors) or gave less than one may expect (notices): where, what, and how to mend it. */
export function ProblemTable({ batchId, batchState, count }: ProblemTableProps) {
  const { t } = useLingui();
  const columns = useColumns();
  const [severity, setSeverity] = useState<Severity>('ALL');
  const problems = useInfiniteQuery({
    queryKey: ['imports', 'problems', batchId, batchState],
    queryFn: ({ pageParam, signal }) =>
      execute(ImportProblemsQuery, { id: batchId, first: PAGE, after: pageParam }, signal).then((data) => data.importBatch?.problems ?? null),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last?.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = problems;
  // The server gives all kinds in one list: to show one of them whole, the list is loaded to its end.
  const loading = severity !== 'ALL' && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (loading && !isFetchingNextPage) void fetchNextPage();
  }, [loading, isFetchingNextPage, fetchNextPage]);
  const all = useMemo(() => problems.data?.pages.flatMap((each) => each?.edges.map((edge) => edge.node) ?? []) ?? [], [problems.data]);
  const rows = useMemo(() => (severity === 'ALL' ? all : all.filter((problem) => problem.severity === severity)), [all, severity]);

  return (
    <Fixing batchId={batchId} key={batchState}>
      <h2 className={page.subtitle}>
        <Trans>Errors and notices</Trans>
      </h2>
      <ResourceList
        label={t`Errors and notices`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={severity === 'ALL' ? count : loading ? undefined : rows.length}
        source={{ ...problems, isPending: problems.isPending || (loading && rows.length === 0) }}
        toolbar={
          <div role="group" aria-label={t`Kind`}>
            <SegmentedControl
              size="xs"
              value={severity}
              onChange={(value) => setSeverity(value)}
              data={[
                { value: 'ALL', label: t`All` },
                { value: 'ERROR', label: t`Errors` },
                { value: 'NOTICE', label: t`Notices` },
              ]}
            />
          </div>
        }
        empty={
          <p className={page.lead}>
            <Trans>None of this kind.</Trans>
          </p>
        }
      />
    </Fixing>
  );
}
