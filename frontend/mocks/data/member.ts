const money = (amount: string, currency = 'PLN') => ({ amount, currency });

const PRODUCTS = [
  ['Zawór kulowy 1/2" z motylkiem', 'ZK-12M', 'szt.', '18.90'],
  ['Rura PEX-AL-PEX 16×2, zwój 100 m', 'PEX-16-100', 'm', '3.85'],
  ['Grzejnik płytowy C22 600×1000', 'GP-C22-6010', 'szt.', '489.00'],
  ['Pompa obiegowa 25-60 180', 'PO-2560', 'szt.', '612.40'],
  ['Kocioł kondensacyjny 24 kW z zasobnikiem', 'KK-24Z', 'szt.', '6890.00'],
  ['Kształtka zaprasowywana kolano 20', 'KZ-K20', 'szt.', '11.20'],
  ['Uszczelniacz gwintów, nić 160 m', 'UG-160', 'szt.', '34.50'],
] as const;

function line(position: number, product: number, quantity: string, net: string, points: string, sentence: string | null, rule = 'Punkty za zakupy') {
  const [productName, sku, unit] = PRODUCTS[product] ?? PRODUCTS[0];
  return {
    position,
    productName,
    sku,
    quantity,
    unit,
    net: money(net),
    points,
    reasons: sentence ? [{ ruleName: rule, ruleVersion: 3, sentence, points }] : [],
  };
}

const LINES = [
  line(1, 4, '1', '6890.00', '344.50', '6 890,00 zł netto × 0,05 pkt za złoty = 344,50 pkt', 'Kotły kondensacyjne, jesień'),
  line(2, 1, '240.5', '925.93', '9.26', '925,93 zł netto × 0,01 pkt za złoty = 9,26 pkt'),
  line(3, 0, '12', '226.80', '24.00', '12 szt. × 2 pkt za sztukę = 24 pkt', 'Armatura promocyjna'),
  line(4, 6, '2', '69.00', '0.00', null),
];

interface Step {
  kind: string;
  at: string;
  points: string;
  document?: string;
  order?: string;
  reward?: string;
}

const STEPS: Step[] = [
  { kind: 'AWARD', at: '2026-11-18T09:12:00Z', points: '377.76', document: 'FV/2026/11/00418' },
  { kind: 'HOLD', at: '2026-11-15T17:41:00Z', points: '-200.00', order: 'Z-2026-001187', reward: 'Karta podarunkowa Castorama' },
  { kind: 'AWARD', at: '2026-11-12T08:03:00Z', points: '61.25', document: 'FV/2026/11/00291' },
  { kind: 'REVERSE', at: '2026-11-06T10:30:00Z', points: '-24.00', document: 'KOR/2026/11/00031' },
  { kind: 'AWARD', at: '2026-10-29T11:55:00Z', points: '512.40', document: 'FV/2026/10/01102' },
  { kind: 'RELEASE', at: '2026-10-21T06:14:00Z', points: '100.00', order: 'Z-2026-001044', reward: 'Voucher Decathlon' },
  { kind: 'HOLD', at: '2026-10-21T06:13:00Z', points: '-100.00', order: 'Z-2026-001044', reward: 'Voucher Decathlon' },
  { kind: 'AWARD', at: '2026-10-14T13:20:00Z', points: '188.10', document: 'FV/2026/10/00544' },
  { kind: 'EXPIRE', at: '2026-09-30T22:00:00Z', points: '-15.50' },
  { kind: 'AWARD', at: '2026-09-17T07:45:00Z', points: '934.99', document: 'FV/2026/09/00873' },
];

const START = '1834.75';

function withBalances(): object[] {
  let balance = Math.round(Number(START) * 100);
  return STEPS.map((step, index) => {
    const entry = {
      id: `entry-${index}`,
      kind: step.kind,
      occurredAt: step.at,
      points: step.points,
      balanceAfter: (balance / 100).toFixed(2),
      documentNumber: step.document ?? null,
      documentDate: step.document ? step.at.slice(0, 10) : null,
      orderNumber: step.order ?? null,
      rewardName: step.reward ?? null,
      lines: step.document ? LINES : [],
    };
    balance -= Math.round(Number(step.points) * 100);
    return entry;
  });
}

export const HISTORY = withBalances() as { id: string }[];

const fixed = (id: string, name: string, brandName: string, color: string, category: string, amounts: number[]) => ({
  id,
  name,
  brandName,
  description: 'Kod do wykorzystania w sklepach stacjonarnych i internetowych w całej Polsce. Można płacić nim wiele razy, aż do wyczerpania kwoty.',
  category,
  kind: 'FIXED',
  denominations: amounts.map((amount) => ({
    amount: money(amount.toFixed(2)),
    points: amount.toFixed(2),
    affordable: amount <= Number(START),
    inStock: true,
  })),
  minAmount: null,
  maxAmount: null,
  pointsPerUnit: '1.00',
  fromPoints: (amounts[0] ?? 0).toFixed(2),
  affordable: (amounts[0] ?? 0) <= Number(START),
  validityDays: 365,
  color,
  picture: null,
  soldOut: false,
});

export const REWARDS = [
  fixed('castorama', 'Karta podarunkowa Castorama', 'Castorama', '#0b5fae', 'Dom i ogród', [50, 100, 200, 500, 2000]),
  fixed('decathlon', 'Voucher Decathlon', 'Decathlon', '#3643ba', 'Sport', [50, 100, 250]),
  fixed('orlen', 'Karta paliwowa ORLEN', 'ORLEN', '#d6001c', 'Paliwo', [100, 200, 300]),
  fixed('allegro', 'Karta Allegro', 'Allegro', '#ff5a00', 'Zakupy', [50, 100, 300]),
  fixed('zabka', 'Karta Żabka', 'Żabka', '#006420', 'Zakupy', [20, 50, 100]),
  fixed('ikea', 'Karta upominkowa IKEA', 'IKEA', '#ffda1a', 'Dom i ogród', [100, 500, 1000]),
  fixed('wczasy', 'Bon turystyczny Itaka', 'Itaka', '#00558c', 'Wypoczynek', [2500, 5000]),
  {
    ...fixed('empik', 'Karta Empik, dowolna kwota', 'Empik', '#1c1c1c', 'Kultura', []),
    kind: 'RANGE',
    minAmount: money('20.00'),
    maxAmount: money('1500.00'),
    fromPoints: '20.00',
    affordable: true,
  },
];

export const BALANCE = {
  available: START,
  pending: '412.60',
  held: '200.00',
  debt: '0.00',
  expiringSoon: '85.00',
  expiringOn: '2026-12-31',
  asOf: '2026-11-21T08:14:00Z',
};

export const VOUCHERS = [
  {
    id: 'v1', rewardName: 'Karta Żabka', brandName: 'Żabka', faceValue: money('50.00'), color: '#006420',
    issuedAt: '2026-11-20T15:02:00Z', expiresOn: '2027-11-20', revealedAt: null as string | null, usedAt: null as string | null, orderId: 'o-done', orderNumber: 'Z-2026-001203',
  },
  {
    id: 'v2', rewardName: 'Karta Allegro', brandName: 'Allegro', faceValue: money('100.00'), color: '#ff5a00',
    issuedAt: '2026-09-02T10:11:00Z', expiresOn: '2027-09-02', revealedAt: '2026-09-02T10:12:00Z' as string | null, usedAt: null as string | null, orderId: 'o-done', orderNumber: 'Z-2026-000911',
  },
];

export interface MockOrder {
  id: string;
  number: string;
  state: string;
  createdAt: string;
  rewardName: string;
  brandName: string;
  faceValue: { amount: string; currency: string };
  points: string;
  timeline: { at: string; code: string; text: string; actor: string | null }[];
  voucher: object | null;
}

const event = (at: string, code: string, text: string, actor: string | null = null) => ({ at, code, text, actor });

export const ORDERS: MockOrder[] = [
  {
    id: 'o-unknown', number: 'Z-2026-001187', state: 'UNKNOWN', createdAt: '2026-11-15T17:41:00Z', rewardName: 'Karta podarunkowa Castorama',
    brandName: 'Castorama', faceValue: money('200.00'), points: '200.00', voucher: null,
    timeline: [
      event('2026-11-15T17:41:00Z', 'PLACED', 'Zamówienie przyjęte, punkty zarezerwowane', 'Marek Wójcik'),
      event('2026-11-15T17:41:04Z', 'ISSUING', 'Wysłano do wystawcy voucherów'),
      event('2026-11-15T17:41:34Z', 'UNKNOWN', 'Wystawca nie odpowiedział w 30 s, pytamy ponownie'),
    ],
  },
  {
    id: 'o-done', number: 'Z-2026-001203', state: 'FULFILLED', createdAt: '2026-11-20T15:02:00Z', rewardName: 'Karta Żabka',
    brandName: 'Żabka', faceValue: money('50.00'), points: '50.00', voucher: VOUCHERS[0] ?? null,
    timeline: [
      event('2026-11-20T15:02:00Z', 'PLACED', 'Zamówienie przyjęte, punkty zarezerwowane', 'Marek Wójcik'),
      event('2026-11-20T15:02:01Z', 'ISSUING', 'Wysłano do wystawcy voucherów'),
      event('2026-11-20T15:02:03Z', 'FULFILLED', 'Kod odebrany i zapisany w portfelu'),
    ],
  },
  {
    id: 'o-failed', number: 'Z-2026-001044', state: 'FAILED', createdAt: '2026-10-21T06:13:00Z', rewardName: 'Voucher Decathlon',
    brandName: 'Decathlon', faceValue: money('100.00'), points: '100.00', voucher: null,
    timeline: [
      event('2026-10-21T06:13:00Z', 'PLACED', 'Zamówienie przyjęte, punkty zarezerwowane', 'Marek Wójcik'),
      event('2026-10-21T06:14:00Z', 'FAILED', 'Wystawca odmówił, punkty zwrócone'),
    ],
  },
];
