import { useCallback, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import { viewerQuery } from '@console/app/queries';
import { SearchField } from '@console/app/SearchField';
import { ButtonLink } from '@ui/components/ButtonLink';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { ChooseDialog } from './ChooseDialog';
import { FindProductsQuery, UnmatchedGoodsQuery } from './operations';
import { sayKey } from './sayKey';
import { useMatchGoods } from './useMatching';
import classes from './Matching.module.css';

const PAGE = 25;

export type Goods = ResultOf<typeof UnmatchedGoodsQuery>['unmatchedGoods']['edges'][number]['node'];
type Asked = { goods: Goods; how: 'suggested'; product: { id: string; name: string } } | { goods: Goods; how: 'other' | 'none' };

const column = createColumnHelper<Goods>();

function useColumns(ask: (asked: Asked) => void) {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`On the documents`,
        cell: ({ row }) => (
          <>
            <span className={classes.what}>{row.original.name}</span>
            <span className={classes.codes}>{codesOf(row.original)}</span>
          </>
        ),
      }),
      column.accessor('value', { header: t`Net value`, meta: { align: 'end' }, cell: ({ getValue }) => format.money(getValue()) }),
      column.accessor('lines', { header: t`Lines`, meta: { align: 'end', narrow: 'hide' }, cell: ({ getValue }) => format.count(getValue()) }),
      column.accessor('lastSale', { header: t`Last sale`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.date(getValue()) }),
      column.display({
        id: 'deeds',
        header: t`It is`,
        cell: ({ row }) => <Deeds goods={row.original} ask={ask} />,
      }),
    ],
    [t, format, ask],
  );
}

function codesOf(goods: Goods): string {
  const codes = [goods.ean && `ean:${goods.ean}`, goods.sku && `sku:${goods.sku}`, goods.producerCode && `code:${goods.producerCode}`];
  return codes.filter((each) => typeof each === 'string' && each !== '').map((each) => sayKey(String(each))).join(' · ');
}

function Deeds({ goods, ask }: { goods: Goods; ask: (asked: Asked) => void }) {
  return (
    <Only may="matchGoods"><div className={classes.deeds}>
      {goods.suggestions.slice(0, 2).map((each) => (
        <Button
          key={each.id}
          size="compact-xs"
          variant="light"
          className={classes.suggestion}
          onClick={() => ask({ goods, how: 'suggested', product: each })}
        >
          {each.name}
        </Button>
      ))}
      <Button size="compact-xs" variant="default" onClick={() => ask({ goods, how: 'other' })}>
        {goods.suggestions.length > 0 ? <Trans>Another product</Trans> : <Trans>Choose a product</Trans>}
      </Button>
      <ButtonLink
        to="/products/new"
        search={{
          goods: goods.key, name: goods.name, sku: goods.sku ?? undefined, ean: goods.ean ?? undefined, code: goods.producerCode ?? undefined,
        }}
        size="compact-xs"
        variant="default"
      >
        <Trans>New product</Trans>
      </ButtonLink>
      <Button size="compact-xs" variant="subtle" onClick={() => ask({ goods, how: 'none' })}>
        <Trans>No goods</Trans>
      </Button>
    </div></Only>
  );
}

const findProducts = (search: string, signal: AbortSignal) =>
  execute(FindProductsQuery, { search }, signal).then((data) =>
    data.products.edges.map(({ node }) => ({ id: node.id, name: node.name, more: node.sku })),
  );

/** Goods that no product list names, each with what it may be. */
export function GoodsList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q } = useSearch({ from: '/matching' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns = useColumns(setAsked);
  const search = useCallback(
    (next: string | undefined) => void navigate({ to: '/matching', search: { q: next, kind: 'goods' }, replace: true }),
    [navigate],
  );
  const goods = useInfiniteQuery({
    queryKey: ['unmatched', 'goods', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(UnmatchedGoodsQuery, { first: PAGE, after: pageParam, search: q ?? null }, signal).then((data) => data.unmatchedGoods),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => goods.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [goods.data]);
  return (
    <>
      <ResourceList
        label={t`Goods without a product`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.key}
        total={goods.data?.pages[0]?.totalCount}
        source={goods}
        toolbar={<SearchField label={t`Name, SKU or EAN`} value={q} onSearch={search} />}
        empty={
          <EmptyState icon="check" title={q ? <Trans>Nothing matches “{q}”</Trans> : <Trans>All goods have their product</Trans>}>
            {q ? null : <Trans>When an import brings goods that your product list does not name, they wait here.</Trans>}
          </EmptyState>
        }
      />
      {asked ? <Ask key={`${asked.goods.key} ${asked.how}`} asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function Ask({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const match = useMatchGoods(onClose);
  const { goods } = asked;
  const days = useQuery(viewerQuery).data?.program.lateMatchDays;
  const consequences = (
    <p>
      <Plural value={goods.lines} one="# line" other="# lines" /> <Trans>worth {format.money(goods.value)} net get this product.</Trans>{' '}
      {days ? (
        <Plural
          value={days}
          one="Members get what the rules give for sales of the last day."
          other="Members get what the rules give for sales of the last # days."
        />
      ) : null}{' '}
      <Trans>Later imports will know these goods by themselves.</Trans>
    </p>
  );
  if (asked.how === 'other') {
    return (
      <ChooseDialog
        title={<Trans>What is “{goods.name}”?</Trans>}
        label={t`Find a product`}
        confirmLabel={<Trans>It is this one</Trans>}
        kind="products"
        find={findProducts}
        first=""
        pending={match.isPending}
        error={match.error}
        onChoose={(productId) => match.mutate({ key: goods.key, productId })}
        onClose={onClose}
      >
        {consequences}
      </ChooseDialog>
    );
  }
  const product = asked.how === 'suggested' ? asked.product : null;
  return (
    <ConfirmDialog
      opened
      title={product ? <Trans>“{goods.name}” is {product.name}?</Trans> : <Trans>“{goods.name}” is no goods?</Trans>}
      confirmLabel={product ? <Trans>Yes, it is</Trans> : <Trans>No goods</Trans>}
      pending={match.isPending}
      error={match.isError ? describeError(match.error) : undefined}
      onConfirm={() => match.mutate({ key: goods.key, productId: product?.id ?? null })}
      onClose={onClose}
    >
      {product ? (
        consequences
      ) : (
        <p>
          <Trans>For postage, fees and the like. It stays without a product, and you will not be asked again.</Trans>
        </p>
      )}
    </ConfirmDialog>
  );
}
