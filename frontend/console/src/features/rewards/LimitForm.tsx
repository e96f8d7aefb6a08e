import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { execute } from '@console/api';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { SetLowBalanceMutation } from './operations';
import type { Partner } from './PartnerSection';
import { rateTyped } from './rate';
import classes from './Rewards.module.css';

export function LimitForm({ partner }: { partner: Partner }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const known = partner.lowBalance?.amount ?? null;
  const [typed, setTyped] = useState(known ?? '');
  const limit = typed.trim() === '' ? null : rateTyped(typed);
  const wrong = typed.trim() !== '' && limit === null;
  const set = useMutation({
    mutationFn: async (next: string | null) => {
      const { setLowBalance } = await execute(SetLowBalanceMutation, { input: { id: partner.id, limit: next } });
      throwOperationErrors(setLowBalance?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['partners'] }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) set.mutate(limit);
      }}
    >
      <div className={classes.form}>
        <TextInput
          size="xs"
          inputMode="decimal"
          autoComplete="off"
          label={t`Warn when the balance is below`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={wrong ? t`Type an amount such as 500, or leave it empty.` : null}
        />
        <Button size="xs" type="submit" variant="default" disabled={wrong || limit === known} loading={set.isPending}>
          <Trans>Save</Trans>
        </Button>
      </div>
      {set.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(set.error)}
        </p>
      ) : null}
    </form>
  );
}
