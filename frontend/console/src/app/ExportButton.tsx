import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute, type VariablesOf } from '@console/api';
import { Icon } from '@ui/components/Icon';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { rememberExport } from './exportJobs';
import { AskListExportMutation } from './operations';
import page from './page.module.css';

type Input = VariablesOf<typeof AskListExportMutation>['input'];

/** The list as it is narrowed, as a workbook: written in the background, taken from the tray. */
export function ExportButton({ disabled, ...input }: Input & { disabled: boolean }) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: async () => {
      const { askListExport } = await execute(AskListExportMutation, { input });
      throwOperationErrors(askListExport?.errors);
      return askListExport?.export ?? null;
    },
    onSuccess: async (row) => {
      await client.invalidateQueries({ queryKey: ['exports'] });
      if (row) rememberExport(row.id);
    },
  });
  return (
    <>
      <Button size="xs" variant="default" disabled={disabled} loading={ask.isPending} leftSection={<Icon name="download" size={14} />} onClick={() => ask.mutate()}>
        <Trans>Export</Trans>
      </Button>
      {ask.isError ? (
        <span role="alert" className={page.refused}>
          {describeError(ask.error)}
        </span>
      ) : null}
    </>
  );
}
