import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import page from '@console/app/page.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { LearnedBuyersQuery, LearnedGoodsQuery } from './operations';
import { sayKey } from './sayKey';
import { useForget } from './useMatching';
import classes from './Matching.module.css';

const PAGE = 25;

type Learned = ResultOf<typeof LearnedGoodsQuery>['learnedGoods']['edges'][number]['node'];
type Kind = 'goods' | 'buyers';

const column = createColumnHelper<Learned>();

/** What people said of goods or buyers. Taking it back holds for what comes later. */
export function LearnedList({ kind }: { kind: Kind }) {
  const { t } = useLingui();
  const format = useFormat();
  const forget = useForget();
  const learned = useInfiniteQuery({
    queryKey: ['learned', kind],
    queryFn: ({ pageParam, signal }) =>
      kind === 'goods'
        ? execute(LearnedGoodsQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.learnedGoods)
        : execute(LearnedBuyersQuery, { first: PAGE, after: pageParam }, signal).then((data) => data.learnedBuyers),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
  });
  const rows = useMemo(() => learned.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [learned.data]);
  const title = kind === 'goods' ? t`Goods that were recognized` : t`Buyers who were recognized`;
  const columns = useMemo(
    () => [
      column.accessor('key', { header: t`On the documents`, cell: ({ getValue }) => <span className={classes.what}>{sayKey(getValue())}</span> }),
      column.accessor('targetName', {
        header: kind === 'goods' ? t`Product` : t`Member`,
        cell: ({ getValue }) => getValue() ?? <span className={page.quiet}>{kind === 'goods' ? t`No goods` : t`Takes no part`}</span>,
      }),
      column.accessor('by', { header: t`By`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('at', { header: t`When`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.dateTime(getValue()) }),
      column.display({
        id: 'forget',
        header: () => <span className="k-hidden">{t`Forget`}</span>,
        meta: { align: 'end' as const },
        cell: ({ row: { original } }) => (
          <Only may="forgetGoods"><Button
            size="compact-xs"
            variant="subtle"
            aria-label={t`Forget: ${sayKey(original.key)}`}
            loading={forget.isPending && forget.variables.key === original.key}
            onClick={() => forget.mutate({ kind, key: original.key })}
          >
            <Trans>Forget</Trans>
          </Button></Only>
        ),
      }),
    ],
    [t, format, kind, forget],
  );
  return (
    <section className={page.section}>
      <h2 className={page.subtitle}>{title}</h2>
      {forget.isError ? <p role="alert">{describeError(forget.error)}</p> : null}
      <ResourceList
        label={title}
        columns={columns}
        rows={rows}
        rowId={(row) => row.key}
        total={learned.data?.pages[0]?.totalCount}
        source={learned}
        empty={<EmptyState icon="list" title={<Trans>Nothing learned yet</Trans>} />}
      />
    </section>
  );
}
