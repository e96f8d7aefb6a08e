import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { rateTyped } from './rate';
import type { Reward } from './RewardPage';
import { useRewardChange } from './useRewardChange';
import classes from './Rewards.module.css';

export function PriceForm({ reward }: { reward: Reward }) {
  const { t } = useLingui();
  const format = useFormat();
  const [rate, setRate] = useState(format.points(reward.pointsPerUnit, { fixed: true }));
  const [category, setCategory] = useState(reward.category);
  const [tried, setTried] = useState(false);
  const change = useRewardChange(reward.id);
  const pointsPerUnit = rateTyped(rate);
  const same = pointsPerUnit === reward.pointsPerUnit && category.trim() === reward.category;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!pointsPerUnit) return;
        change.mutate(
          { pointsPerUnit, category },
          {
            onSuccess: () => {
              setRate(format.points(pointsPerUnit, { fixed: true }));
              setCategory(category.trim());
            },
          },
        );
      }}
    >
      <p className={classes.hint}>
        <Trans>The price covers all face values. Orders that were placed keep theirs.</Trans>
      </p>
      <div className={classes.form}>
        <TextInput
          size="xs"
          inputMode="decimal"
          autoComplete="off"
          label={t`Points for 1 zł of face value`}
          value={rate}
          onChange={(event) => setRate(event.currentTarget.value)}
          error={tried && !pointsPerUnit ? t`Type a number above zero, such as 1 or 0,75.` : null}
        />
        <TextInput
          size="xs"
          autoComplete="off"
          maxLength={60}
          label={t`Category`}
          value={category}
          onChange={(event) => setCategory(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={same} loading={change.isPending}>
          <Trans>Save</Trans>
        </Button>
      </div>
      {change.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(change.error)}
        </p>
      ) : null}
      <p role="status" className={classes.said}>
        {change.isSuccess && same ? <Trans>Saved.</Trans> : null}
      </p>
    </form>
  );
}
