import { useEffect, useState } from 'react';
import { Button, NativeSelect, Skeleton, Switch, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import { execute } from '@member/api';
import type { ShopSearch } from '@member/app/router';
import rows from '@member/features/program/rows.module.css';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { RewardCategoriesQuery, RewardsQuery } from './operations';
import { RewardCard } from './RewardCard';
import classes from './ShopPage.module.css';

const PAGE = 24;
const TYPING_MS = 250;

export function ShopPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shop' });
  const { q, affordable, category, sort } = search;
  const [typed, setTyped] = useState(q ?? '');
  usePageTitle(t`Shop`);

  useEffect(() => {
    const timer = setTimeout(() => {
      const next = typed.trim() || undefined;
      if (next !== search.q) void navigate({ to: '/shop', search: { ...search, q: next }, replace: true, resetScroll: false });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  const narrow = (change: Partial<ShopSearch>) => void navigate({ to: '/shop', search: { ...search, ...change }, replace: true, resetScroll: false });
  const categories = useQuery({
    queryKey: ['rewards', 'categories'],
    queryFn: ({ signal }) => execute(RewardCategoriesQuery, {}, signal).then((data) => data.rewardCategories),
  });

  const rewards = useInfiniteQuery({
    queryKey: ['rewards', 'list', q ?? '', affordable ?? false, category ?? '', sort ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const wanted = { search: q ?? null, affordable: affordable ?? null, category: category ?? null, sort: sort ?? null };
      return execute(RewardsQuery, { first: PAGE, after: pageParam, ...wanted }, signal).then((data) => data.rewards);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const list = rewards.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) ?? [];
  const total = rewards.data?.pages[0]?.totalCount ?? 0;
  const showAll = () => {
    setTyped('');
    void navigate({ to: '/shop', search: {}, replace: true });
  };

  return (
    <>
      <h1 className={rows.page}>
        <Trans>Shop</Trans>
      </h1>
      <div className={classes.controls} role="search">
        <TextInput
          type="search"
          aria-label={t`Search rewards`}
          placeholder={t`Search rewards`}
          leftSection={<Icon name="search" size={20} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.filters}>
          <NativeSelect
            aria-label={t`Category`}
            value={category ?? ''}
            onChange={(event) => narrow({ category: event.currentTarget.value || undefined })}
            data={[{ value: '', label: t`All categories` }, ...(categories.data ?? (category ? [category] : []))]}
          />
          <NativeSelect
            aria-label={t`Sort by`}
            value={sort ?? ''}
            onChange={(event) => narrow({ sort: (event.currentTarget.value || undefined) as ShopSearch['sort'] })}
            data={[
              { value: '', label: t`Cheapest first` },
              { value: '-price', label: t`Dearest first` },
              { value: 'name', label: t`By name` },
              { value: 'new', label: t`Newest first` },
            ]}
          />
        </div>
        <div className={classes.affordable}>
          <Switch
            size="md"
            label={t`Affordable now`}
            checked={affordable ?? false}
            onChange={(event) => narrow({ affordable: event.currentTarget.checked ? true : undefined })}
          />
          <span className={rows.note} role="status">
            {rewards.data ? <Plural value={total} one="# reward" other="# rewards" /> : null}
          </span>
        </div>
      </div>
      {rewards.isError && !rewards.data ? <ErrorState error={rewards.error} onRetry={() => void rewards.refetch()} /> : null}
      {rewards.isPending ? <CardsPending /> : null}
      {rewards.data && list.length === 0 ? (
        <EmptyState
          icon="shop"
          title={q ? <Trans>Nothing matches “{q}”</Trans> : <Trans>Nothing here yet</Trans>}
          action={
            q || affordable || category ? (
              <Button variant="default" onClick={showAll}>
                <Trans>Show all rewards</Trans>
              </Button>
            ) : null
          }
        >
          {affordable ? <Trans>Your balance does not cover any of these rewards yet.</Trans> : null}
        </EmptyState>
      ) : null}
      <ul className={classes.grid} data-wide>
        {list.map((reward) => (
          <li key={reward.id}>
            <RewardCard reward={reward} />
          </li>
        ))}
      </ul>
      {rewards.hasNextPage ? (
        <Button variant="default" fullWidth mt="xl" loading={rewards.isFetchingNextPage} onClick={() => void rewards.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </>
  );
}

function CardsPending() {
  return (
    <div className={classes.grid} aria-busy="true" data-wide>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index}>
          <Skeleton height="auto" style={{ aspectRatio: 1.586 }} />
          <Skeleton height={14} width="70%" mt="sm" />
          <Skeleton height={12} width="45%" mt="xs" />
        </div>
      ))}
    </div>
  );
}
