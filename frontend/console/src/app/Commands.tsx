import { useMemo, useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { execute } from '@console/api';
import { orderStateName } from '@console/features/orders/orderState';
import { CommandPalette, type Command, type CommandGroup } from '@ui/components/CommandPalette';
import { useSurroundings } from '@ui/session/SessionContext';
import { FindQuery } from './operations';
import { useMay } from './Only';
import { PAGES } from './pages';

/** Every page and action of the console, and its members, orders, products and rewards by what is known of them. */
export function Commands() {
  const { i18n, t } = useLingui();
  const navigate = useNavigate();
  const may = useMay();
  const { session } = useSurroundings();
  const [text, setText] = useState('');
  const answer = useQuery({
    queryKey: ['find', text],
    queryFn: ({ signal }) => execute(FindQuery, { text, members: may('members'), offer: may('products') }, signal),
    enabled: text !== '' && (may('members') || may('products')),
    staleTime: 30_000,
  });

  const groups = useMemo((): CommandGroup[] => {
    const page = (id: string, label: string, run: () => void): Command => ({ id, label, icon: 'chevron', run });
    const allowed = (operation: string, command: Command) => (session.may.includes(operation) ? [command] : []);
    const act = (id: string, label: string, run: () => void, words = ''): Command => ({ id, label, icon: 'check', words, run });
    return [
      {
        id: 'actions',
        label: t`Actions`,
        commands: [
          ...allowed('commitImport', act('do-import', t`Import sales`, () => void navigate({ to: '/imports' }), t`csv xlsx ksef file upload`)),
          ...allowed('saveRuleDraft', act('do-rule', t`New rule`, () => void navigate({ to: '/rules/new' }))),
          ...allowed('saveProduct', act('do-product', t`New product`, () => void navigate({ to: '/products/new' }))),
          ...allowed('createPoolReward', act('do-reward', t`New reward with own codes`, () => void navigate({ to: '/rewards/new' }))),
          ...allowed('matchGoods', act('do-match', t`Match goods`, () => void navigate({ to: '/matching' }))),
          ...allowed('matchBuyer', act('do-match-buyers', t`Match buyers`, () => void navigate({ to: '/matching', search: { kind: 'buyers' } }))),
          ...allowed('updateBranding', act('do-logo', t`Change the look`, () => void navigate({ to: '/branding' }), 'logo')),
          ...allowed('saveMessageTemplate', act('do-text', t`Change what a message says`, () => void navigate({ to: '/messages' }), t`mail e-mail template`)),
          ...allowed('addStaff', act('do-staff', t`Add a person who works here`, () => void navigate({ to: '/staff' }))),
        ],
      },
      {
        id: 'pages',
        label: t`Pages`,
        commands: [
          ...PAGES.filter(({ needs }) => session.may.includes(needs)).map(({ to, name }) => page(to, i18n._(name), () => void navigate({ to }))),
          ...allowed('orders', page('orders-open', t`Orders that wait for the partner`, () => void navigate({ to: '/orders', search: { state: 'UNKNOWN' } }))),
          ...allowed('rewards', page('rewards-low', t`Rewards that run out`, () => void navigate({ to: '/rewards', search: { state: 'low' } }))),
        ],
      },
    ];
  }, [i18n, t, navigate, session]);

  const found = useMemo((): CommandGroup[] => {
    const data = answer.data;
    if (!data) return [];
    const rows = <Row,>(connection: { edges: { node: Row }[] } | undefined) => connection?.edges.map((edge) => edge.node) ?? [];
    return [
      {
        id: 'members',
        label: t`Members`,
        commands: rows(data.members).map((row) => ({
          id: row.id, label: row.name, icon: 'person', detail: [row.firmName, row.nip].filter(Boolean).join(' · '),
          run: () => void navigate({ to: '/members/$memberId', params: { memberId: row.id } }),
        })),
      },
      {
        id: 'documents',
        label: t`Invoices`,
        commands: (data.findDocuments ?? []).map((row) => ({
          id: row.id, label: row.number, icon: 'list', detail: row.memberName ?? row.buyerName,
          run: () => void (row.memberId ? navigate({ to: '/members/$memberId', params: { memberId: row.memberId } }) : navigate({ to: '/matching', search: { kind: 'buyers', q: row.buyerName } })),
        })),
      },
      {
        id: 'orders',
        label: t`Orders`,
        commands: rows(data.orders).map((row) => ({
          id: row.id, label: row.number, icon: 'wallet', detail: `${row.memberName} · ${orderStateName(row.state)}`,
          run: () => void navigate({ to: '/orders/$orderId', params: { orderId: row.id } }),
        })),
      },
      {
        id: 'products',
        label: t`Products`,
        commands: rows(data.products).map((row) => ({
          id: row.id, label: row.name, icon: 'shop', detail: row.sku,
          run: () => void navigate({ to: '/products/$productId', params: { productId: row.id } }),
        })),
      },
      {
        id: 'rewards',
        label: t`Rewards`,
        commands: rows(data.rewards).map((row) => ({
          id: row.id, label: row.name, icon: 'bell', detail: row.brandName,
          run: () => void navigate({ to: '/rewards/$rewardId', params: { rewardId: row.id } }),
        })),
      },
    ];
  }, [answer.data, navigate, t]);

  return (
    <CommandPalette
      groups={groups}
      found={found}
      pending={answer.isFetching}
      failed={answer.isError}
      onSearch={setText}
      placeholder={t`Page, action, name, NIP, invoice, order, product`}
    />
  );
}
