import { POINT_FORMS } from './data/brands.ts';
import { BATCHES, CONSOLE_ORDERS, MEMBERS, problemNodes, RULES } from './data/console.ts';
import { BALANCE, HISTORY, ORDERS, REWARDS, VOUCHERS, type MockOrder } from './data/member.ts';
import { overview } from './data/network.ts';

type Args = Record<string, never>;

export interface MockViewer {
  language: string;
  slug: string;
  programName: string;
}

function connection<Node>(nodes: readonly Node[], { first = 50, after = null }: { first?: number | null; after?: string | null }) {
  const start = after ? Number(after) + 1 : 0;
  const end = start + (first ?? 50);
  return {
    totalCount: nodes.length,
    pageInfo: { hasNextPage: end < nodes.length, hasPreviousPage: start > 0, startCursor: String(start), endCursor: String(end - 1) },
    edges: nodes.slice(start, end).map((node, index) => ({ node, cursor: String(start + index) })),
  };
}

const byId = <Node extends { id: string }>(nodes: readonly Node[], id: string) => nodes.find((node) => node.id === id) ?? null;
const placed = new Map<string, MockOrder>();
const looks = new Map<string, number>();

/** A new order moves on each time somebody looks: accepted, in issue, delivered. */
function advance(order: MockOrder | null): MockOrder | null {
  if (!order || (order.state !== 'PLACED' && order.state !== 'ISSUING')) return order;
  const count = (looks.get(order.id) ?? 0) + 1;
  looks.set(order.id, count);
  if (count === 2) order.state = 'ISSUING';
  if (count < 4) return order;
  order.state = 'FULFILLED';
  order.timeline.push({ at: new Date().toISOString(), code: 'FULFILLED', text: 'Kod odebrany i zapisany w portfelu', actor: null });
  const voucher = {
    id: `v-${order.id}`, rewardName: order.rewardName, brandName: order.brandName, faceValue: order.faceValue, color: '#0b5fae',
    issuedAt: new Date().toISOString(), expiresOn: '2027-11-21', revealedAt: null, orderId: order.id, orderNumber: order.number,
  };
  VOUCHERS.unshift(voucher);
  order.voucher = voucher;
  return order;
}

export function memberRoot(viewer: MockViewer) {
  return {
    me: {
      id: 'p1', firstName: 'Marek', lastName: 'Wójcik', email: 'marek.wojcik@example.pl', firmName: 'Instal-Wójcik', memberSince: '2024-03-11', language: viewer.language,
    },
    program: { name: viewer.programName, slug: viewer.slug, pointName: POINT_FORMS.few, pointForms: POINT_FORMS, currency: 'PLN', supportEmail: `program@${viewer.slug}.example`, supportPhone: '+48 12 345 67 89' },
    balance: () => BALANCE,
    history: (args: Args) => connection(HISTORY, args),
    entry: ({ id }: { id: string }) => byId(HISTORY, id),
    rewards: (args: { search?: string | null; affordable?: boolean | null }) =>
      connection(
        REWARDS.filter((each) => each.name.toLowerCase().includes((args.search ?? '').toLowerCase()) && (!args.affordable || each.affordable)),
        args as Args,
      ),
    reward: ({ id }: { id: string }) => byId(REWARDS, id),
    orders: (args: Args) => connection(ORDERS, args),
    order: ({ id }: { id: string }) => advance(byId(ORDERS, id)),
    vouchers: (args: Args) => connection(VOUCHERS, args),
    placeOrder: ({ input }: { input: { rewardId: string; faceValue: string; idempotencyKey: string } }) => {
      const known = placed.get(input.idempotencyKey);
      if (known) return { order: known, errors: [] };
      const reward = byId(REWARDS, input.rewardId);
      if (!reward) return { order: null, errors: [{ code: 'NOT_FOUND', field: 'rewardId', message: 'Tej nagrody już nie ma.' }] };
      const order: MockOrder = {
        id: `o-new-${placed.size}`, number: `Z-2026-00${1300 + placed.size}`, state: 'PLACED', createdAt: new Date().toISOString(),
        rewardName: reward.name, brandName: reward.brandName, faceValue: { amount: input.faceValue, currency: 'PLN' }, points: input.faceValue, voucher: null,
        timeline: [{ at: new Date().toISOString(), code: 'PLACED', text: 'Zamówienie przyjęte, punkty zarezerwowane', actor: 'Marek Wójcik' }],
      };
      placed.set(input.idempotencyKey, order);
      ORDERS.unshift(order);
      return { order, errors: [] };
    },
    revealVoucher: ({ input }: { input: { voucherId: string } }) => {
      const voucher = byId(VOUCHERS, input.voucherId);
      if (!voucher) return { voucher: null, code: null, pin: null, errors: [{ code: 'NOT_FOUND', field: 'voucherId', message: 'Nie ma takiego vouchera.' }] };
      voucher.revealedAt ??= new Date().toISOString();
      return { voucher, code: '7812-4409-KX31-90AF', pin: '4471', errors: [] };
    },
  };
}

const viewer = { name: 'Anna Zielińska', email: 'anna@termopol.example', roles: ['program_admin'], language: 'pl' };

export function consoleRoot(at: MockViewer) {
  const problems = (args: { first?: number; after?: string }) => connection(problemNodes, args);
  const withProblems = (id: string) => {
    const batch = byId(BATCHES, id);
    if (batch?.state === 'CHECKING' || batch?.state === 'COMMITTING') {
      batch.processed = Math.min(batch.total, batch.processed + 20);
      if (batch.processed === batch.total) batch.state = batch.state === 'CHECKING' ? 'CHECKED' : 'DONE';
    }
    return batch && { ...batch, problems };
  };
  const move = (id: string, state: string) => {
    const batch = byId(BATCHES, id);
    if (batch) Object.assign(batch, { state, processed: 0 });
    return { importBatch: withProblems(id), errors: [] };
  };
  return {
    viewer,
    program: { name: at.programName, slug: at.slug, pointName: POINT_FORMS.few, pointForms: POINT_FORMS, currency: 'PLN', nip: '6770065406' },
    imports: (args: Args) => connection(BATCHES.map((each) => ({ ...each, problems })), args),
    importBatch: ({ id }: { id: string }) => withProblems(id),
    members: (args: { search?: string | null }) =>
      connection(MEMBERS.filter((each) => `${each.name} ${each.firmName} ${each.nip}`.toLowerCase().includes((args.search ?? '').toLowerCase())), args as Args),
    member: ({ id }: { id: string }) => byId(MEMBERS, id),
    rules: RULES,
    orders: (args: { state?: string | null; search?: string | null }) =>
      connection(
        CONSOLE_ORDERS.filter(
          (each) => (!args.state || each.state === args.state) && `${each.number} ${each.memberName}`.toLowerCase().includes((args.search ?? '').toLowerCase()),
        ),
        args as Args,
      ),
    order: ({ id }: { id: string }) => byId(CONSOLE_ORDERS, id),
    commitImport: ({ input }: { input: { id: string } }) => move(input.id, 'COMMITTING'),
    discardImport: ({ input }: { input: { id: string } }) => move(input.id, 'DISCARDED'),
  };
}

export const networkRoot = {
  viewer: { ...viewer, name: 'Piotr Lewandowski', roles: ['hq_analyst'] },
  network: { name: 'Grupa Kolektor', slug: 'grupa', wholesalerCount: 3 },
  overview: ({ months }: { months?: number }) => overview(months ?? 12),
};
