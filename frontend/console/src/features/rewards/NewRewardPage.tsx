import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { AppError, describeError, throwOperationErrors } from '@ui/graphql/errors';
import { CreatePoolRewardMutation } from './operations';
import { amountsTyped, rateTyped } from './rate';
import classes from './Rewards.module.css';

export function NewRewardPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [typed, setTyped] = useState({ name: '', brandName: '', category: '', amounts: '', rate: '1' });
  const [tried, setTried] = useState(false);
  usePageTitle(t`A reward with your own codes`);
  const amounts = amountsTyped(typed.amounts);
  const pointsPerUnit = rateTyped(typed.rate);
  const set = (name: keyof typeof typed) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const value = event.currentTarget.value;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const create = useMutation({
    mutationFn: async (input: { amounts: string[]; pointsPerUnit: string }) => {
      const { name, brandName, category } = typed;
      const { createPoolReward } = await execute(CreatePoolRewardMutation, { input: { name, brandName, category, ...input } });
      throwOperationErrors(createPoolReward?.errors);
      if (!createPoolReward?.reward) throw new AppError('SERVER', { status: 500 });
      return createPoolReward.reward.id;
    },
    onSuccess: async (rewardId) => {
      await client.invalidateQueries({ queryKey: ['rewards'] });
      void navigate({ to: '/rewards/$rewardId', params: { rewardId } });
    },
  });
  const missing = (value: string, text: string) => (tried && value.trim() === '' ? text : null);

  return (
    <>
      <Link to="/rewards" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Rewards</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>A reward with your own codes</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>For vouchers that you bought yourself. Members see it once it has codes and is put into the shop.</Trans>
          </p>
        </div>
      </div>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (amounts && pointsPerUnit && typed.name.trim() && typed.brandName.trim()) create.mutate({ amounts, pointsPerUnit });
        }}
      >
        <TextInput size="sm" label={t`Name of the reward`} maxLength={120} value={typed.name} onChange={set('name')} error={missing(typed.name, t`Give a name.`)} />
        <TextInput size="sm" label={t`Brand`} maxLength={80} value={typed.brandName} onChange={set('brandName')} error={missing(typed.brandName, t`Give the brand.`)} />
        <TextInput size="sm" label={t`Category`} maxLength={60} value={typed.category} onChange={set('category')} />
        <TextInput
          size="sm"
          inputMode="decimal"
          label={t`Face values in zł`}
          description={t`Several with spaces between them: 20 50 100`}
          value={typed.amounts}
          onChange={set('amounts')}
          error={tried && !amounts ? t`Type amounts above zero, such as 20 50 100.` : null}
        />
        <TextInput
          size="sm"
          inputMode="decimal"
          label={t`Points for 1 zł of face value`}
          value={typed.rate}
          onChange={set('rate')}
          error={tried && !pointsPerUnit ? t`Type a number above zero, such as 1 or 0,75.` : null}
        />
        <div>
          <Button size="sm" type="submit" loading={create.isPending}>
            <Trans>Add the reward</Trans>
          </Button>
        </div>
        {create.isError ? (
          <p role="alert" className={classes.error}>
            {describeError(create.error)}
          </p>
        ) : null}
      </form>
    </>
  );
}
