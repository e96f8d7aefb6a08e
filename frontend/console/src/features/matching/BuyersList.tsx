import { useCallback, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import { SearchField } from '@console/app/SearchField';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { useFormat } from '@ui/format/useFormat';
import { describeError } from '@ui/graphql/errors';
import { ChooseDialog } from './ChooseDialog';
import { FindMembersQuery, UnmatchedBuyersQuery } from './operations';
import { useEnrollBuyer, useMatchBuyer } from './useMatching';
import classes from './Matching.module.css';

const PAGE = 25;

export type Buyer = ResultOf<typeof UnmatchedBuyersQuery>['unmatchedBuyers']['edges'][number]['node'];
interface Asked {
  buyer: Buyer;
  how: 'enroll' | 'member' | 'none';
}

const column = createColumnHelper<Buyer>();

function useColumns(ask: (asked: Asked) => void) {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`Buyer`,
        cell: ({ row: { original } }) => {
          const known = [original.nip && t`NIP ${original.nip}`, original.customerCode && t`code ${original.customerCode}`, original.email, original.phone];
          return (
            <>
              <span className={classes.what}>{original.name ?? t`Without a name`}</span>
              <span className={classes.codes}>{known.filter(Boolean).join(' · ')}</span>
            </>
          );
        },
      }),
      column.accessor('value', { header: t`Net value`, meta: { align: 'end' }, cell: ({ getValue }) => format.money(getValue()) }),
      column.accessor('documents', { header: t`Documents`, meta: { align: 'end', narrow: 'hide' }, cell: ({ getValue }) => format.count(getValue()) }),
      column.accessor('lastSale', { header: t`Last sale`, meta: { narrow: 'hide' }, cell: ({ getValue }) => format.date(getValue()) }),
      column.display({
        id: 'deeds',
        header: t`What to do`,
        cell: ({ row: { original } }) => (
          <Only may="enrollBuyer"><div className={classes.deeds}>
            <Button size="compact-xs" variant="light" onClick={() => ask({ buyer: original, how: 'enroll' })}>
              <Trans>Enroll</Trans>
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => ask({ buyer: original, how: 'member' })}>
              <Trans>Is a member</Trans>
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => ask({ buyer: original, how: 'none' })}>
              <Trans>Takes no part</Trans>
            </Button>
          </div></Only>
        ),
      }),
    ],
    [t, format, ask],
  );
}

const findMembers = (search: string, signal: AbortSignal) =>
  execute(FindMembersQuery, { search }, signal).then((data) =>
    data.members.edges.map(({ node }) => ({ id: node.id, name: node.name, more: [node.firmName, node.nip].filter(Boolean).join(' · ') })),
  );

/** Buyers who are no members though their purchases would still give points. */
export function BuyersList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q } = useSearch({ from: '/matching' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns = useColumns(setAsked);
  const search = useCallback(
    (next: string | undefined) => void navigate({ to: '/matching', search: { q: next, kind: 'buyers' }, replace: true }),
    [navigate],
  );
  const buyers = useInfiniteQuery({
    queryKey: ['unmatched', 'buyers', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(UnmatchedBuyersQuery, { first: PAGE, after: pageParam, search: q ?? null }, signal).then((data) => data.unmatchedBuyers),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => buyers.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [buyers.data]);
  return (
    <>
      <ResourceList
        label={t`Buyers who are no members`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.key}
        total={buyers.data?.pages[0]?.totalCount}
        source={buyers}
        toolbar={<SearchField label={t`Name, NIP, code or e-mail`} value={q} onSearch={search} />}
        empty={
          <EmptyState icon="check" title={q ? <Trans>Nobody matches “{q}”</Trans> : <Trans>Every buyer is known</Trans>}>
            {q ? null : <Trans>Buyers wait here as long as the program's limit for late matches lets their purchases in.</Trans>}
          </EmptyState>
        }
      />
      {asked ? <Ask key={`${asked.buyer.key} ${asked.how}`} asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function Ask({ asked: { buyer, how }, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const match = useMatchBuyer(onClose);
  const enroll = useEnrollBuyer(onClose);
  const name = buyer.name ?? buyer.nip ?? buyer.customerCode ?? buyer.email ?? buyer.phone ?? '';
  const consequences = (
    <p>
      <Plural value={buyer.documents} one="# document" other="# documents" /> <Trans>worth {format.money(buyer.value)} net follow, with the points that the rules give.</Trans>{' '}
      <Trans>Later imports will know this buyer by themselves.</Trans>
    </p>
  );
  if (how === 'member') {
    return (
      <ChooseDialog
        title={<Trans>Who is “{name}”?</Trans>}
        label={t`Find a member`}
        confirmLabel={<Trans>It is this one</Trans>}
        kind="members"
        find={findMembers}
        first=""
        pending={match.isPending}
        error={match.error}
        onChoose={(memberId) => match.mutate({ key: buyer.key, memberId })}
        onClose={onClose}
      >
        {consequences}
      </ChooseDialog>
    );
  }
  const deed = how === 'enroll' ? enroll : match;
  return (
    <ConfirmDialog
      opened
      title={how === 'enroll' ? <Trans>Enroll “{name}”?</Trans> : <Trans>“{name}” takes no part?</Trans>}
      confirmLabel={how === 'enroll' ? <Trans>Enroll</Trans> : <Trans>Takes no part</Trans>}
      pending={deed.isPending}
      error={deed.isError ? describeError(deed.error) : undefined}
      onConfirm={() => (how === 'enroll' ? enroll.mutate({ key: buyer.key }) : match.mutate({ key: buyer.key, memberId: null }))}
      onClose={onClose}
    >
      {how === 'enroll' ? (
        consequences
      ) : (
        <p>
          <Trans>The purchases stay without points, and you will not be asked again.</Trans>
        </p>
      )}
    </ConfirmDialog>
  );
}
