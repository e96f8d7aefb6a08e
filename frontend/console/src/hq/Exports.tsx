import { Button } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { JobTray } from '@ui/components/JobTray';
import { exportState } from '@ui/components/exportState';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { execute } from './api';
import { AskExportMutation, ExportsQuery } from './operations';
import classes from './Hq.module.css';

const BUSY_MS = 1000;
const SHOWN = 3;

function Detail({ state, at }: { state: string; at: string }) {
  const format = useFormat();
  if (state === 'FAILED') return <Trans>Could not be written. Ask again.</Trans>;
  return state === 'DONE' ? <Trans>Ready, from {format.dateTime(at)}</Trans> : <Trans>Being written</Trans>;
}

/** Asks for the figures as a workbook; it is written while one goes on, and waits in the tray. */
export function Exports({ months }: { months: number }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const exports = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => execute(ExportsQuery, {}, signal).then((data) => data.exports),
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'WAITING') ? BUSY_MS : false),
  });
  const ask = useMutation({
    mutationFn: async () => {
      const { askExport } = await execute(AskExportMutation, { input: { months } });
      throwOperationErrors(askExport?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['exports'] }),
  });
  const jobs = (exports.data ?? []).slice(0, SHOWN).map((each) => {
    const name = t`Workbook, ${plural(each.months, { one: '# month', other: '# months' })}`;
    return {
      id: each.id,
      name,
      title: each.url ? (
        <a href={each.url} download>
          {name}
        </a>
      ) : (
        name
      ),
      detail: <Detail state={each.state} at={each.createdAt} />,
      state: exportState(each.state),
      progress: null,
    };
  });
  return (
    <div className={classes.exports}>
      <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        <Trans>Export as XLSX</Trans>
      </Button>
      {ask.isError ? <p role="alert">{describeError(ask.error)}</p> : null}
      <JobTray jobs={jobs} />
    </div>
  );
}
