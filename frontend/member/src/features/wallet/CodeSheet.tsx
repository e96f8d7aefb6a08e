import { useEffect, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { CopyButton } from '@ui/components/CopyButton';
import { ErrorState } from '@ui/components/ErrorState';
import { Sheet } from '@ui/components/Sheet';
import { useFormat } from '@ui/format/useFormat';
import { AppError, throwOperationErrors } from '@ui/graphql/errors';
import { RevealVoucherMutation } from './operations';
import type { Voucher } from './WalletPage';
import classes from './WalletPage.module.css';

/** The code in plain sight. It lives in this sheet only: no cache, no storage keeps it. */
export function CodeSheet({ voucher, onClose }: { voucher: Voucher | null; onClose: () => void }) {
  const [shown, setShown] = useState(voucher);
  if (voucher !== null && voucher !== shown) setShown(voucher);
  return (
    <Sheet opened={voucher !== null} onClose={onClose} title={shown?.rewardName}>
      {shown ? <Code key={shown.id} voucher={shown} /> : null}
    </Sheet>
  );
}

function Code({ voucher }: { voucher: Voucher }) {
  const format = useFormat();
  const client = useQueryClient();
  const { mutate, data, error } = useMutation({
    gcTime: 0,
    mutationFn: async (voucherId: string) => {
      const { revealVoucher } = await execute(RevealVoucherMutation, { input: { voucherId } });
      throwOperationErrors(revealVoucher?.errors);
      if (!revealVoucher?.code) throw new AppError('SERVER', { status: 500 });
      return { code: revealVoucher.code, pin: revealVoucher.pin };
    },
    onSuccess: () => {
      if (!voucher.revealedAt) void client.invalidateQueries({ queryKey: ['vouchers'] });
    },
  });
  useEffect(() => mutate(voucher.id), [mutate, voucher.id]);

  if (error) return <ErrorState error={error} onRetry={() => mutate(voucher.id)} />;
  return (
    <>
      <p>
        {voucher.brandName}, {format.money(voucher.faceValue)}
      </p>
      <div className={classes.code} aria-busy={!data}>
        <div className={classes.label}>
          <Trans>Voucher code</Trans>
        </div>
        {data ? (
          <span className={classes.digits} data-testid="voucher-code">
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
      </div>
      <div className={classes.actions}>
        {data ? <CopyButton text={data.code} fullWidth /> : <Button fullWidth variant="default" disabled>{'\u00a0'}</Button>}
      </div>
      <p className={classes.foot}>
        {voucher.expiresOn ? <Trans>Valid until {format.date(voucher.expiresOn)}.</Trans> : null}{' '}
        <Trans>Show the code only at the till: whoever has it can use it.</Trans>
      </p>
      <p className={classes.foot}>
        <Link className={rows.more} to="/orders/$orderId" params={{ orderId: voucher.orderId }}>
          <Trans>Order {voucher.orderNumber}</Trans>
        </Link>
      </p>
    </>
  );
}
