import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import '@mantine/core/styles/Input.layer.css';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { GivePoints } from './GivePoints';
import { HandOverFirmMutation, RemoveFitterMutation, SetFirmSplitMutation, SetFitterSpendingMutation } from './operations';
import { basisPoints, ownersRest, percentOf } from './shares';
import { useFirmChange, type FirmMember, type OwnFirm } from './useFirm';
import { useSpendings } from './useSpendings';
import classes from './Firm.module.css';

/** The owner's fitters: who gets how much, who may spend. The shares are saved together, since together they are one split. */
export function Fitters({ firm }: { firm: OwnFirm }) {
  const { t } = useLingui();
  const format = useFormat();
  const fitters = firm.members.filter((each) => each.role === 'fitter');
  const kept = Object.fromEntries(fitters.map((each) => [each.memberId, format.quantity(each.percent ?? '0')]));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const shareOf = (id: string) => typed[id] ?? kept[id] ?? '0';
  const rest = ownersRest(fitters.map((each) => shareOf(each.memberId)));
  const changed = fitters.some((each) => basisPoints(shareOf(each.memberId)) !== basisPoints(kept[each.memberId] ?? '0'));
  const save = useFirmChange(
    async (shares: { memberId: string; percent: string }[]) => (await execute(SetFirmSplitMutation, { input: { shares } })).setFirmSplit?.errors,
    () => setTyped({}),
  );
  if (fitters.length === 0) {
    return (
      <p className={classes.lead}>
        <Trans>Nobody but you yet. Invite your fitters and decide which part of the points they get.</Trans>
      </p>
    );
  }
  const tooMuch = rest !== null && rest < 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (rest === null || tooMuch || save.isPending) return;
        save.mutate(fitters.map(({ memberId }) => ({ memberId, percent: percentOf(basisPoints(shareOf(memberId)) ?? 0) })));
      }}
    >
      {fitters.map((fitter) => (
        <div key={fitter.memberId} className={classes.fitter} data-testid={`fitter-${fitter.name}`}>
          <div>
            <div className={rows.name}>{fitter.name}</div>
            <div className={rows.note}>
              <Trans>in the firm since {format.date(fitter.joinedAt)}</Trans>
            </div>
          </div>
          <TextInput
            label={<Trans>Share, %</Trans>}
            aria-label={t`Share of ${fitter.name}, percent`}
            inputMode="decimal"
            autoComplete="off"
            value={shareOf(fitter.memberId)}
            onChange={(event) => {
              const value = event.currentTarget.value;
              save.reset();
              setTyped((before) => ({ ...before, [fitter.memberId]: value }));
            }}
            error={basisPoints(shareOf(fitter.memberId)) === null ? t`From 0 to 100` : undefined}
          />
          <div className={classes.wide}>
            <FitterActions fitter={fitter} />
          </div>
        </div>
      ))}
      <div className={classes.rest} role="status">
        <span>
          <Trans>Left for you</Trans>
        </span>
        <span>{rest === null || tooMuch ? '–' : `${format.quantity(percentOf(rest))}%`}</span>
      </div>
      {tooMuch ? (
        <p role="alert">
          <Trans>The shares exceed 100% together.</Trans>
        </p>
      ) : null}
      {save.isError ? <p role="alert">{describeError(save.error)}</p> : null}
      <div className={classes.actions}>
        <Button type="submit" loading={save.isPending} disabled={!changed || rest === null || tooMuch}>
          <Trans>Save the split</Trans>
        </Button>
      </div>
      <p className={classes.muted} role="status">
        {save.isSuccess && !changed ? (
          <Trans>Saved. It holds for purchases from today on.</Trans>
        ) : (
          <Trans>A new split holds for purchases from today on. Nobody loses points that they already have.</Trans>
        )}
      </p>
    </form>
  );
}

function FitterActions({ fitter }: { fitter: FirmMember }) {
  const { t } = useLingui();
  const spendings = useSpendings();
  const [asking, setAsking] = useState<'remove' | 'handOver' | null>(null);
  const input = { memberId: fitter.memberId };
  const close = () => setAsking(null);
  const spend = useFirmChange(
    async (spending: string) => (await execute(SetFitterSpendingMutation, { input: { ...input, spending } })).setFitterSpending?.errors,
  );
  const remove = useFirmChange(async () => (await execute(RemoveFitterMutation, { input })).removeFitter?.errors, close);
  const handOver = useFirmChange(async () => (await execute(HandOverFirmMutation, { input })).handOverFirm?.errors, close);
  return (
    <>
      <NativeSelect
        label={<Trans>Spending points</Trans>}
        aria-label={t`Spending points: ${fitter.name}`}
        data={spendings}
        value={fitter.spending}
        disabled={spend.isPending}
        onChange={(event) => spend.mutate(event.currentTarget.value)}
        error={spend.isError ? describeError(spend.error) : undefined}
      />
      <div className={classes.actions} style={{ marginTop: '0.5rem' }}>
        <GivePoints memberId={fitter.memberId} name={fitter.name} />
        <Button variant="subtle" onClick={() => setAsking('remove')}>
          <Trans>Remove from the firm</Trans>
        </Button>
        <Button variant="subtle" onClick={() => setAsking('handOver')}>
          <Trans>Hand the firm over</Trans>
        </Button>
      </div>
      <ConfirmDialog
        opened={asking === 'remove'}
        title={<Trans>Remove {fitter.name} from the firm?</Trans>}
        confirmLabel={<Trans>Remove</Trans>}
        danger
        pending={remove.isPending}
        error={remove.isError ? describeError(remove.error) : undefined}
        onConfirm={() => remove.mutate(undefined)}
        onClose={close}
      >
        <p>
          <Trans>Points that {fitter.name} already has stay theirs. From tomorrow their share of new purchases is yours. Orders that wait for your approval are given back.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'handOver'}
        title={<Trans>Make {fitter.name} the owner?</Trans>}
        confirmLabel={<Trans>Hand over</Trans>}
        danger
        pending={handOver.isPending}
        error={handOver.isError ? describeError(handOver.error) : undefined}
        onConfirm={() => handOver.mutate(undefined)}
        onClose={close}
      >
        <p>
          <Trans>From now on {fitter.name} gets what no share names, and decides about shares, approvals and people. You stay in the firm as a fitter, without a share until the new owner gives you one.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
