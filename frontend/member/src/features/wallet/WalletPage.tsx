import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ButtonLink } from '@ui/components/ButtonLink';
import { execute, type ResultOf } from '@member/api';
import { KEPT } from '@member/features/program/queries';
import { RowsPending } from '@member/features/program/Rows';
import rows from '@member/features/program/rows.module.css';
import { VoucherFace } from '@member/features/shop/VoucherFace';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { CodeSheet } from './CodeSheet';
import { VouchersQuery } from './operations';
import classes from './WalletPage.module.css';

const PAGE = 30;

const vouchersQuery = infiniteQueryOptions({
  queryKey: ['vouchers'],
  queryFn: ({ pageParam, signal }) => execute(VouchersQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.vouchers),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
  meta: KEPT,
});

export type Voucher = ResultOf<typeof VouchersQuery>['vouchers']['edges'][number]['node'];

export function WalletPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { voucher: openId } = useSearch({ from: '/wallet' });
  usePageTitle(t`Wallet`);
  const vouchers = useInfiniteQuery(vouchersQuery);
  const list = vouchers.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) ?? [];
  const used = list.filter((each) => each.usedAt !== null);
  const open = (id: string | undefined) => void navigate({ to: '/wallet', search: { voucher: id }, resetScroll: false });

  return (
    <>
      <h1 className={rows.page}>
        <Trans>Wallet</Trans>
      </h1>
      {vouchers.isPending ? <RowsPending rows={4} /> : null}
      {vouchers.isError && !vouchers.data ? <ErrorState error={vouchers.error} onRetry={() => void vouchers.refetch()} /> : null}
      {vouchers.data && list.length === 0 ? (
        <EmptyState
          icon="wallet"
          title={<Trans>No vouchers yet</Trans>}
          action={
            <ButtonLink to="/shop">
              <Trans>See the rewards</Trans>
            </ButtonLink>
          }
        >
          <Trans>Vouchers that you order for points wait here with their codes.</Trans>
        </EmptyState>
      ) : null}
      <ul className={classes.list} data-wide>
        {list.filter((each) => each.usedAt === null).map((voucher) => (
          <VoucherRow key={voucher.id} voucher={voucher} onOpen={() => open(voucher.id)} />
        ))}
      </ul>
      {used.length > 0 ? (
        <section data-wide>
          <h2 className={classes.used}>
            <Trans>Used</Trans>
          </h2>
          <ul className={classes.list}>
            {used.map((voucher) => (
              <VoucherRow key={voucher.id} voucher={voucher} onOpen={() => open(voucher.id)} />
            ))}
          </ul>
        </section>
      ) : null}
      {vouchers.hasNextPage ? (
        <Button variant="default" fullWidth mt="lg" loading={vouchers.isFetchingNextPage} onClick={() => void vouchers.fetchNextPage()}>
          <Trans>Show older</Trans>
        </Button>
      ) : null}
      <CodeSheet voucher={list.find((each) => each.id === openId) ?? null} onClose={() => open(undefined)} />
    </>
  );
}

function VoucherRow({ voucher, onOpen }: { voucher: Voucher; onOpen: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const value = format.money(voucher.faceValue, { short: true });
  return (
    <li className={classes.voucher} data-used={voucher.usedAt ? true : undefined}>
      <VoucherFace brandName={voucher.brandName} color={voucher.color} />
      <div>
        <h2 className={classes.name}>
          {voucher.rewardName} {value}
        </h2>
        <p className={classes.note}>
          {voucher.expiresOn ? <Trans>Valid until {format.date(voucher.expiresOn)}</Trans> : <Trans>No expiry date</Trans>}
          {' · '}
          <Seen voucher={voucher} />
        </p>
        <Button
          className={classes.action}
          variant={voucher.revealedAt || voucher.usedAt ? 'default' : 'filled'}
          aria-label={t`Show the code: ${voucher.rewardName} ${value}, ${voucher.orderNumber}`}
          onClick={onOpen}
        >
          <Trans>Show the code</Trans>
        </Button>
      </div>
    </li>
  );
}

function Seen({ voucher }: { voucher: Voucher }) {
  const format = useFormat();
  if (voucher.usedAt) return <Trans>used {format.date(voucher.usedAt)}</Trans>;
  return voucher.revealedAt ? <Trans>code seen {format.date(voucher.revealedAt)}</Trans> : <Trans>new</Trans>;
}
