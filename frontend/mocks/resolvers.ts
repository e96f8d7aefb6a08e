import { POINT_FORMS } from './data/brands.ts';
import {
  BATCHES, COCKPIT, CONSOLE_ORDERS, CONSOLE_REWARDS, INSPECTION, MEMBER_DOCUMENTS, MEMBERS, PARTNERS, problemNodes, RULE_OPTIONS, RULE_PREVIEW, RULES, standingOf,
} from './data/console.ts';
import { enrollmentRoot } from './data/enrollment.ts';
import { lifeCycleRoot } from './data/lifeCycle.ts';
import { CONSENTS, MESSAGES } from './data/people.ts';
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
    issuedAt: new Date().toISOString(), expiresOn: '2027-11-21', revealedAt: null, usedAt: null, orderId: order.id, orderNumber: order.number,
  };
  VOUCHERS.unshift(voucher);
  order.voucher = voucher;
  return order;
}

export function memberRoot(viewer: MockViewer) {
  return {
    me: {
      id: 'p1', firstName: 'Marek', lastName: 'Wójcik', email: 'marek.wojcik@example.pl', phone: '+48600100200', firmName: 'Instal-Wójcik', memberSince: '2024-03-11', language: viewer.language,
    },
    program: { name: viewer.programName, slug: viewer.slug, pointName: POINT_FORMS.few, pointForms: POINT_FORMS, currency: 'PLN', supportEmail: `program@${viewer.slug}.example`, supportPhone: '+48 12 345 67 89' },
    consents: () => CONSENTS,
    messages: (args: Args) => connection(MESSAGES, args),
    message: ({ id }: { id: string }) => byId(MESSAGES, id),
    unreadMessages: () => MESSAGES.filter((each) => each.readAt === null).length,
    readMessage: ({ input }: { input: { id: string } }) => {
      const message = byId(MESSAGES, input.id);
      if (message) message.readAt ??= new Date().toISOString();
      return { message, errors: [] };
    },
    setConsent: ({ input }: { input: { kind: string; given: boolean; textVersion: string } }) => {
      const consent = CONSENTS.find((each) => each.kind === input.kind);
      if (!consent) return { consents: null, errors: [{ code: 'UNKNOWN_CONSENT', field: 'kind', message: 'Nieznana zgoda.' }] };
      const at = new Date().toISOString();
      consent.history.unshift({ given: input.given, at, text: consent.text, textVersion: input.textVersion, channel: 'app' });
      Object.assign(consent, { given: input.given, at });
      return { consents: CONSENTS, errors: [] };
    },
    updateProfile: ({ input }: { input: { firstName: string; lastName: string; phone: string; language: string } }) => ({
      me: { id: 'p1', email: 'marek.wojcik@example.pl', firmName: 'Instal-Wójcik', memberSince: '2024-03-11', ...input },
      errors: [],
    }),
    balance: () => BALANCE,
    history: (args: Args) => connection(HISTORY, args),
    entry: ({ id }: { id: string }) => byId(HISTORY, id),
    rewards: (args: { search?: string | null; affordable?: boolean | null; category?: string | null }) =>
      connection(
        REWARDS.filter(
          (each) =>
            each.name.toLowerCase().includes((args.search ?? '').toLowerCase()) &&
            (!args.affordable || each.affordable) &&
            (!args.category || each.category === args.category),
        ),
        args as Args,
      ),
    rewardCategories: () => [...new Set(REWARDS.map((each) => each.category))].sort(),
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
    markVoucherUsed: ({ input }: { input: { voucherId: string; used: boolean } }) => {
      const voucher = byId(VOUCHERS, input.voucherId);
      if (!voucher) return { voucher: null, errors: [{ code: 'NOT_FOUND', field: 'voucherId', message: 'Nie ma takiego vouchera.' }] };
      voucher.usedAt = input.used ? new Date().toISOString() : null;
      return { voucher, errors: [] };
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
  const moveRule = (id: string, state: string) => {
    const rule = byId(RULES, id);
    if (rule) rule.state = state;
    return { rule, errors: [] };
  };
  return {
    ...enrollmentRoot,
    viewer,
    program: {
      name: at.programName, slug: at.slug, pointName: POINT_FORMS.few, pointForms: POINT_FORMS, currency: 'PLN', nip: '6770065406', supportEmail: `program@${at.slug}.example`,
      supportPhone: '+48 12 345 67 89', rounding: 'half_even', lotLifeMonths: 24, lateMatchDays: 90, confirmAbove: 5000,
    },
    branding: { primaryColor: '#c8102e', accentColor: '#f2a900', surfaceColor: '#ffffff', logoText: 'T', logoShape: 'circle', logo: null },
    programTimeline: [{ at: '2026-11-02T09:00:00Z', code: 'program.set_up', text: 'Uruchomiono program', actor: null }],
    updateProgram: ({ input }: { input: { nip: string } & Record<string, unknown> }) =>
      input.nip === '123'
        ? { program: null, errors: [{ code: 'BAD_NIP', field: 'nip', message: 'Nieprawidłowy NIP: 123' }] }
        : { program: { ...input, currency: 'PLN' }, errors: [] },
    updateBranding: ({ input }: { input: { name: string; primaryColor: string } }) =>
      input.name
        ? { branding: { primaryColor: input.primaryColor }, errors: [] }
        : { branding: null, errors: [{ code: 'NAME_MISSING', field: 'name', message: 'Podaj nazwę.' }] },
    cockpit: COCKPIT,
    memberStanding: ({ memberId }: { memberId: string }) => standingOf(memberId),
    memberHistory: (args: Args) => connection(HISTORY, args),
    memberDocuments: (args: Args) => connection(MEMBER_DOCUMENTS, args),
    memberOrders: ({ memberId, ...args }: { memberId: string }) => connection(CONSOLE_ORDERS.filter((each) => each.memberId === memberId), args as Args),
    adjustPoints: ({ input }: { input: { memberId: string; points: string } }) =>
      input.points.startsWith('-9')
        ? { member: null, errors: [{ code: 'BALANCE_TOO_LOW', field: 'points', message: 'Instalator ma tylko 5 pkt.' }] }
        : { member: byId(MEMBERS, input.memberId), errors: [] },
    imports: (args: Args) => connection(BATCHES.map((each) => ({ ...each, problems })), args),
    importBatch: ({ id }: { id: string }) => withProblems(id),
    members: (args: { search?: string | null }) =>
      connection(MEMBERS.filter((each) => `${each.name} ${each.firmName} ${each.nip}`.toLowerCase().includes((args.search ?? '').toLowerCase())), args as Args),
    member: ({ id }: { id: string }) => byId(MEMBERS, id),
    rules: RULES,
    rule: ({ id }: { id: string }) => byId(RULES, id),
    ruleOptions: RULE_OPTIONS,
    rulePreview: RULE_PREVIEW,
    saveRuleDraft: () => ({ rule: RULES.find((each) => each.state === 'DRAFT'), errors: [] }),
    publishRule: ({ input }: { input: { id: string } }) => moveRule(input.id, 'LIVE'),
    endRule: ({ input }: { input: { id: string } }) => moveRule(input.id, 'ENDED'),
    discardRuleDraft: ({ input }: { input: { id: string } }) => ({ discarded: input.id, errors: [] }),
    orders: (args: { state?: string | null; search?: string | null }) =>
      connection(
        CONSOLE_ORDERS.filter(
          (each) => (!args.state || each.state === args.state) && `${each.number} ${each.memberName}`.toLowerCase().includes((args.search ?? '').toLowerCase()),
        ),
        args as Args,
      ),
    order: ({ id }: { id: string }) => byId(CONSOLE_ORDERS, id),
    checkOrder: ({ input }: { input: { id: string } }) => ({ order: byId(CONSOLE_ORDERS, input.id), errors: [] }),
    rewards: (args: { state?: string | null; search?: string | null }) =>
      connection(
        CONSOLE_REWARDS.filter(
          (each) =>
            String(each.name).toLowerCase().includes((args.search ?? '').toLowerCase()) &&
            (!args.state || (args.state === 'active' ? each.active && each.available : args.state === 'low' ? each.lowStock : args.state === 'inactive' ? !each.active : !each.available)),
        ),
        args as Args,
      ),
    reward: ({ id }: { id: string }) => byId(CONSOLE_REWARDS, id),
    changeReward: ({ input }: { input: { id: string; active?: boolean; category?: string; pointsPerUnit?: string } }) => {
      const reward = byId(CONSOLE_REWARDS, input.id);
      if (reward) Object.assign(reward, Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'id')));
      return { reward, errors: [] };
    },
    createPoolReward: ({ input }: { input: { name: string } }) =>
      input.name === 'zajęta'
        ? { reward: null, errors: [{ code: 'NAME_MISSING', field: 'name', message: 'Podaj nazwę.' }] }
        : { reward: CONSOLE_REWARDS[2], errors: [] },
    partners: PARTNERS,
    setPartnerEnabled: ({ input }: { input: { id: string; enabled: boolean } }) => {
      const partner = byId(PARTNERS, input.id);
      if (partner) partner.enabled = input.enabled;
      return { partner, errors: [] };
    },
    setLowBalance: ({ input }: { input: { id: string } }) => ({ partner: byId(PARTNERS, input.id), errors: [] }),
    syncCatalog: ({ input }: { input: { id: string } }) => ({ partner: byId(PARTNERS, input.id), errors: [] }),
    importJobs: ({ ids }: { ids?: string[] | null }) => BATCHES.filter((each) => each.state === 'CHECKING' || (ids ?? []).includes(each.id)).map((each) => ({ ...each, problems })),
    importSources: [],
    importInspection: () => INSPECTION,
    importRevertPreview: () => ({ documents: 122, members: 87, pointsTaken: '14382.55', pointsGiven: '210.00', debtors: 2, debt: '118.00', usedBy: [], usedByMore: false }),
    checkImport: ({ input }: { input: { id: string; mapping: string } }) => {
      const { columns } = JSON.parse(input.mapping) as { columns: Record<string, unknown> };
      const faults = columns['net'] ? [] : [{ field: 'columns', message: 'Wskaż kolumny dla jednego z: wartość netto; wartość brutto + kwota VAT.' }];
      return faults.length > 0 ? { importBatch: null, faults, errors: [] } : { ...move(input.id, 'CHECKING'), faults };
    },
    fixImport: ({ input }: { input: { id: string } }) => move(input.id, 'CHECKING'),
    stopImport: ({ input }: { input: { id: string } }) => move(input.id, 'STOPPED'),
    retryImport: ({ input }: { input: { id: string } }) => move(input.id, 'CHECKING'),
    revertImport: ({ input }: { input: { id: string } }) => move(input.id, 'REVERTED'),
    commitImport: ({ input }: { input: { id: string } }) => move(input.id, 'COMMITTING'),
    discardImport: ({ input }: { input: { id: string } }) => move(input.id, 'DISCARDED'),
  };
}

export const networkRoot = {
  viewer: { ...viewer, name: 'Piotr Lewandowski', roles: ['director'] },
  network: { name: 'Grupa Kolektor', slug: 'grupa', wholesalerCount: 3 },
  overview: ({ months }: { months?: number }) => overview(months ?? 12),
  exports: [],
  ...lifeCycleRoot,
};
