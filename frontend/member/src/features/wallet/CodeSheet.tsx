import { lazy, Suspense, useEffect, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { CopyButton } from '@ui/components/CopyButton';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { Sheet } from '@ui/components/Sheet';
import { useFormat } from '@ui/format/useFormat';
import { AppError, describeError, throwOperationErrors, toAppError } from '@ui/graphql/errors';
import { useSurroundings } from '@ui/session/SessionContext';
import { isLink } from './link';
import { keepCode, keptCode, type KeptCode } from './codeVault';
import { MarkVoucherUsedMutation, RevealVoucherMutation } from './operations';
import type { Voucher } from './WalletPage';
import classes from './WalletPage.module.css';

const CodePicture = lazy(() => import('./CodePicture'));

interface Shown extends KeptCode {
  /** From this device, because there is no network. */
  kept: boolean;
}

/** The code in plain sight. Once seen it stays on this device, encrypted (`codeVault`), so that it opens without a network. */
export function CodeSheet({ voucher, onClose }: { voucher: Voucher | null; onClose: () => void }) {
  const [shown, setShown] = useState(voucher);
  if (voucher !== null && voucher !== shown) setShown(voucher);
  return (
    <Sheet opened={voucher !== null} onClose={onClose} title={shown?.rewardName}>
      {shown ? <Code key={shown.id} voucher={shown} /> : null}
    </Sheet>
  );
}

async function reveal(personId: string, voucherId: string): Promise<Shown> {
  try {
    const { revealVoucher } = await execute(RevealVoucherMutation, { input: { voucherId } });
    throwOperationErrors(revealVoucher?.errors);
    if (!revealVoucher?.code) throw new AppError('SERVER', { status: 500 });
    const code = { code: revealVoucher.code, pin: revealVoucher.pin ?? null };
    // A full disk or a private window must not hide the code.
    await keepCode(personId, voucherId, code).catch(() => undefined);
    return { ...code, kept: false };
  } catch (error) {
    if (toAppError(error).code !== 'NETWORK') throw error;
    const known = await keptCode(personId, voucherId).catch(() => null);
    if (!known) throw error;
    return { ...known, kept: true };
  }
}

function Code({ voucher }: { voucher: Voucher }) {
  const format = useFormat();
  const client = useQueryClient();
  const { session } = useSurroundings();
  const personId = session.person?.id ?? '';
  const { mutate, data, error } = useMutation({
    gcTime: 0,
    mutationFn: (voucherId: string) => reveal(personId, voucherId),
    onSuccess: ({ kept }) => {
      if (!kept && !voucher.revealedAt) void client.invalidateQueries({ queryKey: ['vouchers'] });
    },
  });
  useEffect(() => mutate(voucher.id), [mutate, voucher.id]);

  if (error) return <ErrorState error={error} onRetry={() => mutate(voucher.id)} />;
  const link = data && isLink(data.code) ? data.code : null;
  return (
    <>
      <p>
        {voucher.brandName}, {format.money(voucher.faceValue)}
      </p>
      {data?.kept ? (
        <p className={classes.kept} role="status">
          <Icon name="offline" size={18} />
          <Trans>No connection: the code is as this phone kept it.</Trans>
        </p>
      ) : null}
      <div className={classes.code} aria-busy={!data}>
        <div className={classes.label}>{link ? <Trans>Voucher link</Trans> : <Trans>Voucher code</Trans>}</div>
        {data ? (
          <span className={link ? classes.link : classes.digits} data-testid="voucher-code">
            {data.code}
          </span>
        ) : (
          <Skeleton height={36} width="70%" mx="auto" />
        )}
        {data?.pin ? (
          <div className={classes.pin}>
            <div className={classes.label}>
              <Trans>PIN</Trans>
            </div>
            <span className={classes.digits}>{data.pin}</span>
          </div>
        ) : null}
        {data ? (
          <Suspense fallback={<Skeleton height={88} mt="md" />}>
            <CodePicture code={data.code} />
          </Suspense>
        ) : null}
      </div>
      <div className={classes.actions}>
        {link ? (
          // eslint-disable-next-line lingui/no-unlocalized-strings -- no text
          <Button component="a" href={link} target="_blank" rel="noopener noreferrer" fullWidth rightSection={<Icon name="external" size={18} />}>
            <Trans>Open the voucher</Trans>
          </Button>
        ) : null}
        {data ? <CopyButton text={data.code} fullWidth /> : <Button fullWidth variant="default" disabled>{'\u00a0'}</Button>}
        {data ? <UsedButton voucher={voucher} /> : null}
      </div>
      <p className={classes.foot}>
        {voucher.expiresOn ? <Trans>Valid until {format.date(voucher.expiresOn)}.</Trans> : null}{' '}
        {link ? <Trans>Keep the link to yourself: whoever has it can use it.</Trans> : <Trans>Show the code only at the till: whoever has it can use it.</Trans>}
      </p>
      <p className={classes.foot}>
        <Link className={rows.more} to="/orders/$orderId" params={{ orderId: voucher.orderId }}>
          <Trans>Order {voucher.orderNumber}</Trans>
        </Link>
      </p>
    </>
  );
}

/** The member's own note; it changes nothing at the shop, and can be taken back. */
function UsedButton({ voucher }: { voucher: Voucher }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const mark = useMutation({
    mutationFn: async (used: boolean) => {
      const { markVoucherUsed } = await execute(MarkVoucherUsedMutation, { input: { voucherId: voucher.id, used } });
      throwOperationErrors(markVoucherUsed?.errors);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['vouchers'] }),
  });
  const used = voucher.usedAt !== null;
  return (
    <>
      <Button fullWidth variant="default" loading={mark.isPending} onClick={() => mark.mutate(!used)}>
        {used ? t`Not used after all` : t`Mark as used`}
      </Button>
      {mark.isError ? (
        <p role="alert" className={classes.foot}>
          {describeError(mark.error)}
        </p>
      ) : null}
    </>
  );
}
