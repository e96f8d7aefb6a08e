import { useCallback, useMemo } from 'react';
import { NativeSelect } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import { useHiddenColumns } from '@console/app/useHiddenColumns';
import page from '@console/app/page.module.css';
import { SearchField } from '@console/app/SearchField';
import { StateLabel } from '@console/app/StateLabel';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useFormat } from '@ui/format/useFormat';
import { RewardsQuery } from './operations';
import { filterName, REWARD_STATES, rewardStateName, rewardTone, type RewardState } from './rewardState';
import { useValues } from './useValues';

const PAGE = 50;

type Reward = ResultOf<typeof RewardsQuery>['rewards']['edges'][number]['node'];

const column = createColumnHelper<Reward>();

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  const values = useValues();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`Reward`,
        cell: ({ row }) => (
          <Link to="/rewards/$rewardId" params={{ rewardId: row.original.id }} data-row-link>
            {row.original.name}
          </Link>
        ),
      }),
      column.accessor('brandName', { header: t`Brand`, meta: { narrow: 'hide' } }),
      column.accessor((row) => rewardStateName(row), {
        id: 'state',
        header: t`State`,
        cell: ({ row }) => <StateLabel tone={rewardTone(row.original)}>{rewardStateName(row.original)}</StateLabel>,
      }),
      column.accessor('category', { header: t`Category`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() || '–' }),
      column.accessor('partnerName', { header: t`Partner`, meta: { narrow: 'hide' } }),
      column.accessor((row) => values(row), { id: 'values', header: t`Face values`, meta: { narrow: 'hide' } }),
      column.accessor('pointsPerUnit', {
        header: t`Points for 1 zł`,
        meta: { align: 'end' },
        cell: ({ getValue }) => format.points(getValue(), { fixed: true }),
      }),
      column.accessor('stock', {
        header: t`Codes`,
        meta: { align: 'end', narrow: 'hide' },
        cell: ({ getValue }) => {
          const stock = getValue();
          return stock === null ? '–' : format.count(stock);
        },
      }),
    ],
    [t, format, values],
  );
}

export function RewardsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/rewards' });
  const { q, state } = useSearch({ from: '/rewards' });
  usePageTitle(t`Rewards`);
  const columns = useColumns();
  const hidden = useHiddenColumns();
  const search = useCallback(
    (next: string | undefined) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true }),
    [navigate],
  );
  const rewards = useInfiniteQuery({
    queryKey: ['rewards', 'list', q ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(RewardsQuery, { first: PAGE, after: pageParam, search: q ?? null, state: state ?? null }, signal).then((data) => data.rewards),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rewards.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [rewards.data]);
  return (
    <>
      <div className={page.head}>
        <h1 className={page.title}>
          <Trans>Rewards</Trans>
        </h1>
        <Only may="createPoolReward"><ButtonLink to="/rewards/new" variant="default" size="xs">
          <Trans>Add a reward with your own codes</Trans>
        </ButtonLink></Only>
      </div>
      <ResourceList
        label={t`Rewards`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={rewards.data?.pages[0]?.totalCount}
        source={rewards}
        hidden={hidden}
        toolbar={
          <>
            <SearchField label={t`Name, brand or category`} value={q} onSearch={search} />
            <NativeSelect
              size="xs"
              aria-label={t`State`}
              value={state ?? ''}
              onChange={(event) => {
                const next = (event.currentTarget.value || undefined) as RewardState | undefined;
                void navigate({ search: (before) => ({ ...before, state: next }), replace: true });
              }}
              data={[{ value: '', label: t`All rewards` }, ...REWARD_STATES.map((each) => ({ value: each, label: filterName(each) }))]}
            />
          </>
        }
        empty={
          <EmptyState icon="shop" title={q || state ? <Trans>No reward matches</Trans> : <Trans>No rewards yet</Trans>}>
            {q || state ? null : <Trans>Fetch a partner’s catalog, or add a reward with codes of your own.</Trans>}
          </EmptyState>
        }
      />
    </>
  );
}
