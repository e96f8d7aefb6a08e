import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import '@mantine/core/styles/Input.layer.css';
import { usePoints } from '@member/features/program/queries';
import { compareDecimals } from '@ui/format/decimal';
import { useFormat } from '@ui/format/useFormat';
import { priceTyped, type AmountProblem, type Priced } from './amount';
import type { CheckoutReward } from './CheckoutForm';
import classes from './CheckoutPage.module.css';

interface AmountChoiceProps {
  reward: CheckoutReward;
  available: string;
  /** Chosen before. */
  initial: Priced | null;
  onChange: (priced: Priced | null) => void;
}

export function AmountChoice({ reward, available, initial, onChange }: AmountChoiceProps) {
  const format = useFormat();
  const points = usePoints();
  if (reward.kind === 'RANGE') return <TypedAmount reward={reward} initial={initial} onChange={onChange} />;
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>
        <Trans>Voucher value</Trans>
      </legend>
      <div className={classes.grid}>
        {reward.denominations.map(({ amount, points: price, inStock }) => {
          const covered = compareDecimals(price, available) <= 0;
          return (
            <label key={amount.amount} className={classes.choice}>
              <input
                type="radio"
                name="denomination"
                disabled={!covered || !inStock}
                defaultChecked={initial?.faceValue === amount.amount}
                onChange={() => onChange({ faceValue: amount.amount, points: price })}
              />
              <span className={classes.value}>{format.money(amount, { short: true })}</span>
              <span className={classes.cost}>
                {points.figure(price)}
              </span>
              {covered && inStock ? null : (
                <span className={classes.cost}>{inStock ? <Trans>not enough points</Trans> : <Trans>sold out</Trans>}</span>
              )}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function TypedAmount({ reward, initial, onChange }: Pick<AmountChoiceProps, 'reward' | 'initial' | 'onChange'>) {
  const { t } = useLingui();
  const format = useFormat();
  const [typed, setTyped] = useState(initial?.faceValue.replace('.', ',') ?? '');
  const [left, setLeft] = useState(false);
  const priced = priceTyped(typed, reward);
  const lowest = reward.minAmount ? format.money(reward.minAmount, { short: true }) : '';
  const highest = reward.maxAmount ? format.money(reward.maxAmount, { short: true }) : '';
  const problems: Record<AmountProblem, string> = {
    NOT_AN_AMOUNT: t`Type an amount such as 150 or 99,50.`,
    TOO_LOW: t`The lowest value is ${lowest}.`,
    TOO_HIGH: t`The highest value is ${highest}.`,
  };
  const problem = typeof priced === 'string' && typed !== '' && (left || priced === 'TOO_HIGH') ? problems[priced] : null;
  return (
    <TextInput
      mt="lg"
      styles={{ description: { marginBottom: '0.375rem', fontSize: '0.875rem' } }}
      size="lg"
      inputMode="decimal"
      autoComplete="off"
      label={t`Voucher value`}
      description={t`From ${lowest} to ${highest}`}
      rightSection={reward.minAmount?.currency === 'PLN' ? 'zł' : reward.minAmount?.currency}
      value={typed}
      error={problem}
      onBlur={() => setLeft(true)}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        setLeft(false);
        const result = priceTyped(next, reward);
        onChange(typeof result === 'string' ? null : result);
      }}
    />
  );
}
