const money = (amount: string, currency = 'PLN') => ({ amount, currency });
const event = (at: string, code: string, text: string, actor: string | null = null) => ({ at, code, text, actor });

const PROBLEMS = [
  ['ERROR', 'FV/2026/11/00512', 3, 'P_8B', 'dwa', 'NOT_A_NUMBER', 'Ilość „dwa” nie jest liczbą. Podaj ilość cyframi, na przykład 2.'],
  ['ERROR', 'FV/2026/11/00517', null, 'NIP', '677-00-65-406', 'INVALID_NIP', 'NIP nabywcy ma błędną cyfrę kontrolną.'],
  ['ERROR', 'KOR/2026/11/00009', null, 'NrFaKorygowanej', 'FV/2026/10/00990', 'CORRECTION_BEFORE_ORIGINAL', 'Korekta dotyczy faktury, której jeszcze nie ma. Najpierw zaimportuj fakturę FV/2026/10/00990.'],
  ['NOTICE', 'FV/2026/11/00520', 1, 'Indeks', 'XX-991', 'UNKNOWN_PRODUCT', 'Tego produktu nie ma w katalogu; wiersz nie da punktów za markę.'],
  ['NOTICE', 'FV/2026/11/00521', null, null, null, 'NO_GOODS', 'Faktura zaliczkowa nie ma wierszy towarowych, punktów nie będzie.'],
] as const;

export const problemNodes = PROBLEMS.map(([severity, document, line, field, value, code, message], index) => ({
  id: `p${index}`, severity, file: 'sprzedaz-2026-11.csv', document, line, field, value, code, message,
  row: line === null ? null : line + 40, column: field === 'P_8B' ? 'Ilość sprzedana' : null, fixField: code === 'NOT_A_NUMBER' ? 'quantity' : null,
  same: code === 'NOT_A_NUMBER' ? 2 : 1, everywhere: code === 'NOT_A_NUMBER',
}));

export interface MockBatch {
  id: string;
  fileName: string;
  format: string;
  state: string;
  createdAt: string;
  createdBy: string;
  finishedAt: string | null;
  processed: number;
  total: number;
  documents: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  lines: number;
  matchedLines: number;
  pointsAwarded: string;
  pointsReversed: string;
  problemCount: number;
  failure: string | null;
  mapped: boolean;
  uploaded: boolean;
  sourceName: string | null;
  phase: string | null;
  progress: number | null;
  timeline: object[];
}

const batch = (id: string, fileName: string, format: string, state: string, createdAt: string): MockBatch => ({
  id, fileName, format, state, createdAt, createdBy: 'Anna Zielińska', finishedAt: state === 'DONE' ? createdAt : null,
  processed: 128, total: 128, documents: 128, accepted: 122, duplicates: 3, rejected: 3, lines: 861, matchedLines: 803,
  pointsAwarded: '14382.55', pointsReversed: '210.00', problemCount: problemNodes.length,
  failure: null, mapped: true, uploaded: true, sourceName: format === 'csv' ? 'Subiekt eksport' : null, phase: null, progress: null,
  timeline: [
    event(createdAt, 'UPLOADED', 'Plik przesłany', 'Anna Zielińska'),
    event(createdAt.replace(':00Z', ':07Z'), 'CHECKED', 'Próba zakończona: 122 dokumenty do przyjęcia, 3 odrzucone'),
  ],
});

export const BATCHES: MockBatch[] = [
  batch('b-checked', 'sprzedaz-2026-11.csv', 'csv', 'CHECKED', '2026-11-21T08:14:00Z'),
  { ...batch('b-checking', 'ksef-2026-11-20.xml.gz', 'ksef', 'CHECKING', '2026-11-21T08:20:00Z'), processed: 46, problemCount: 0, phase: 'READING', progress: 0.36 },
  { ...batch('b-done', 'ksef-2026-11-19.xml', 'ksef', 'DONE', '2026-11-19T19:02:00Z'), rejected: 0, problemCount: 2 },
  batch('b-discarded', 'test.csv', 'csv', 'DISCARDED', '2026-11-18T12:31:00Z'),
  { ...batch('b-failed', 'faktury.xml', 'ksef', 'FAILED', '2026-11-18T12:30:00Z'), documents: 0, accepted: 0, rejected: 0 },
];

const NAMES = ['Marek Wójcik', 'Łukasz Śliwiński', 'Żaneta Kędzior', 'Paweł Górski', 'Agnieszka Dąbrowska', 'Krzysztof Ożóg', 'Tomasz Nowak', 'Ewa Źrebiec'];
const FIRMS = ['Instal-Wójcik', 'Hydraulika Śliwiński s.c.', null, 'Górski Ogrzewanie', 'AD Instalacje sp. z o.o.', 'Ożóg i Synowie', 'Termo-Nowak', null];

export const MEMBERS = NAMES.map((name, index) => ({
  id: `m${index}`,
  name,
  email: `${name.split(' ')[1]?.toLowerCase().normalize('NFD').replace(/[^a-z]/g, '')}@example.pl`,
  phone: index % 2 ? null : `+4860010020${index}`,
  path: index === 2 ? 'counter' : 'import',
  broughtBy: index === 2 ? 'Kamil Lada' : null,
  mergedIntoId: null as string | null,
  mergedFromIds: [] as string[],
  firmName: FIRMS[index] ?? null,
  nip: FIRMS[index] ? `67700${65406 + index}` : null,
  customerCode: `K-${1041 + index * 7}`,
  state: index === 3 ? 'SUSPENDED' : 'ACTIVE',
  joinedOn: `2025-1${index % 3}-0${index + 1}`,
  available: (1834.75 * (index + 1) * 0.7).toFixed(2),
  pending: (index * 41.5).toFixed(2),
  held: index % 3 ? '0.00' : '200.00',
  earnedTotal: (9934.25 * (index + 1)).toFixed(2),
  spentTotal: (3200 * index).toFixed(2),
  lastPurchaseOn: index === 7 ? null : `2026-11-1${index}`,
  timeline: [event('2025-10-01T09:00:00Z', 'member.enrolled', 'Zapisano do programu')],
}));

export function standingOf(id: string) {
  const member = MEMBERS.find((each) => each.id === id);
  return {
    available: member?.available ?? '0.00', pending: member?.pending ?? '0.00', held: member?.held ?? '0.00', debt: '0.00', expiringSoon: '120.00',
    expiringOn: '2026-12-14', maturingNext: '41.50', maturingOn: '2026-12-05', asOf: '2026-11-21T09:00:00Z',
  };
}

export const MEMBER_DOCUMENTS = ['FV/2026/11/0412', 'FV/2026/10/0177'].map((number, index) => ({
  id: `d${index}`, number, kind: 'invoice', saleDate: `2026-1${1 - index}-12`, correctedNumber: null, net: money('1240.00'), points: '12.40',
  lines: [
    {
      position: 1, productName: 'Zawór kulowy 1/2', sku: 'ZK-12M', quantity: '20', unit: 'szt.', net: money('1240.00'), points: '12.40',
      reasons: [{ ruleName: 'Punkty za zakupy', ruleVersion: 3, sentence: '1 240,00 zł × 0,01 = 12,40 pkt', points: '12.40' }],
    },
  ],
}));

export const COCKPIT = {
  importsToDecide: 1, importsFailed: 1, importsRunning: 0, ordersUnknown: 1, ordersWaiting: 2, unmatchedBuyers: 14, liability: '48210.40', available: '46010.40',
  pending: '2200.00', held: '250.00', month: '2026-11-01', awardedThisMonth: '8120.50', awardedLastMonth: '9410.00', spentThisMonth: '3200.00',
  spentLastMonth: '2850.00', members: 300, membersActive: 214, asOf: '2026-11-21T09:00:00Z',
};

const brandRule = (points: string) => ({
  name: { pl: 'Punkty za zakupy', en: 'Points for purchases' },
  when: { all: [{ any: [{ field: 'brand', in: ['kruczek'] }, { field: 'category', in: ['kotły'] }] }, { not: { field: 'sku', in: ['ZK-12M'] } }] },
  award: { kind: 'per_amount', points, per: '100' },
  boosts: [{ times: '2', when: { field: 'month', in: ['11'] } }],
  caps: [{ points: '500', per: 'month', for: 'member' }],
  budget: '60000',
});

export const RULES = [
  ['PODSTAWA', 'Punkty za zakupy', 3, 'LIVE', '2026-01-01', null, 'Za każdy 1 zł netto na dowolny produkt: 0,01 pkt.', '48210.40', '60000.00'],
  ['PODSTAWA', 'Punkty za zakupy', 2, 'RETIRED', '2025-01-01', '2025-12-31', 'Za każdy 1 zł netto na dowolny produkt: 0,02 pkt.', '30210.40', null],
  ['KOTLY-JESIEN', 'Kotły kondensacyjne, jesień', 2, 'LIVE', '2026-09-01', '2026-11-30', 'Za każdy 1 zł netto na produkty marek Termet i Immergas z kategorii „Kotły”, od 1 września do 30 listopada 2026: 0,05 pkt zamiast punktów podstawowych.', '12044.00', null],
  ['ARMATURA', 'Armatura promocyjna', 1, 'DRAFT', '2026-12-01', '2026-12-31', 'Za każdą sztukę produktów ZK-12M i ZK-34M: 2 pkt.', '0.00', null],
  ['POMPY', 'Pompy, wiosna', 4, 'RETIRED', '2026-03-01', '2026-05-31', 'Za każdą sztukę z kategorii „Pompy obiegowe”: 15 pkt.', '3330.00', null],
].map(([code, name, version, state, validFrom, validUntil, sentence, pointsGiven, budget]) => ({
  id: `${String(code)}-${String(version)}`, ruleId: String(code), code, name, version, state: String(state), validFrom, validUntil, sentence, pointsGiven, budget,
  spent: budget ? pointsGiven : '0.00',
  body: JSON.stringify({ code, ...brandRule(String(version)), ...(validFrom && { valid_from: validFrom }), ...(validUntil && { valid_until: validUntil }) }),
  timeline: [event('2026-01-01T08:00:00Z', 'rule.published', `Opublikowano wersję ${String(version)}`, NAMES[0] ?? null)],
}));

export const RULE_OPTIONS = {
  brands: [{ value: 'kruczek', label: 'Kruczek' }, { value: 'termet', label: 'Termet' }],
  suppliers: [{ value: 'kaloryfa', label: 'Kaloryfa' }],
  categories: [{ value: 'kotły', label: 'kotły' }, { value: 'narzędzia', label: 'narzędzia' }],
};

export const RULE_PREVIEW = {
  sentencePl: '2 punkty za każde 100 zł netto za wszystkie zakupy.', sentenceEn: '2 points for every 100 zł net on everything.', lookedThrough: 400,
  rows: [1, 2, 3].map((number) => ({
    documentId: `d${number}`, number: `FS ${number}/11/2026`, saleDate: `2026-11-0${number}`, buyer: NAMES[number] ?? '—', given: `${number}0.50`, byThisRule: `${number}.00`, byDraft: `${number + 1}.25`,
  })),
};

export const CONSOLE_ORDERS = [
  ['o1', 'Z-2026-001203', 'FULFILLED', 'Karta Żabka', 'Żabka', '50.00', 3],
  ['o2', 'Z-2026-001187', 'UNKNOWN', 'Karta podarunkowa Castorama', 'Castorama', '200.00', null],
  ['o3', 'Z-2026-001102', 'FULFILLED', 'Karta Allegro', 'Allegro', '300.00', 2],
  ['o4', 'Z-2026-001044', 'FAILED', 'Voucher Decathlon', 'Decathlon', '100.00', null],
].map(([id, number, state, rewardName, brandName, amount, seconds], index) => ({
  id: String(id), number, state: String(state), createdAt: `2026-11-${20 - index * 3}T15:02:00Z`, memberId: `m${index}`, memberName: NAMES[index],
  rewardName, brandName, faceValue: money(String(amount)), points: String(amount), secondsToDeliver: seconds,
  failure: state === 'FAILED' ? 'out_of_funds' : '', partnerName: 'Agregator voucherów', partnerOrderId: `ord_${1000 + index}`, asked: state === 'UNKNOWN' ? 4 : 1,
  canCheck: state === 'UNKNOWN', closedAt: null,
  timeline: [
    event(`2026-11-${20 - index * 3}T15:02:00Z`, 'PLACED', 'Zamówienie przyjęte, punkty zarezerwowane', NAMES[index] ?? null),
    event(`2026-11-${20 - index * 3}T15:02:01Z`, 'ISSUING', 'Wysłano do wystawcy voucherów'),
  ],
}));

export const CONSOLE_REWARDS = [
  ['r1', 'Karta Żabka', 'Żabka', true, true, null],
  ['r2', 'Karta podarunkowa Castorama', 'Castorama', false, true, null],
  ['r3', 'Kawa u Marty', 'Kawiarnia Marta', true, true, 4],
  ['r4', 'Voucher Decathlon', 'Decathlon', true, false, null],
].map(([id, name, brandName, active, available, stock]) => ({
  id: String(id), name, brandName, category: 'Zakupy', kind: 'FIXED', pointsPerUnit: '1.00', active, available, pooled: stock !== null, stock,
  lowStock: stock !== null, partnerId: 'c1', partnerName: stock === null ? 'Agregator voucherów' : 'Kody własne', color: '#0b5fae', picture: null,
  denominations: [{ amount: money('20.00'), points: '20.00', stock }, { amount: money('50.00'), points: '50.00', stock: stock === null ? null : 0 }],
  minAmount: null, maxAmount: null, timeline: [event('2026-11-02T09:00:00Z', 'reward.offered', 'Dodano do katalogu', 'Anna Zielińska')],
}));

export const PARTNERS = [
  {
    id: 'c1', name: 'Agregator voucherów', adapter: 'kolektor_v1', enabled: true, breaker: 'closed', failures: 0, balance: money('420.00'),
    balanceAt: '2026-11-21T08:14:00Z', lowBalance: money('500.00'), balanceIsLow: true, syncState: 'DONE', syncAt: '2026-11-21T08:14:00Z', syncAdded: 2,
    syncChanged: 1, syncGone: 0, refusedWebhooks: 3, webhookPath: '/hooks/partners/c1',
    calls: [{ at: '2026-11-21T08:14:00Z', operation: 'place', status: 201, milliseconds: 84, requestId: 'a1' }],
    timeline: [event('2026-11-02T09:00:00Z', 'partner.connected', 'Połączenie skonfigurowane')],
  },
];

const COLUMNS = [
  ['Nr faktury', ['FV/2026/11/00512', 'FV/2026/11/00513'], [], 'number'],
  ['Typ', ['FS', 'KFS'], ['FS', 'KFS'], null],
  ['Data wystawienia', ['02.11.2026', '03.11.2026'], [], 'issue_date'],
  ['NIP', ['6770065406', '5260250274'], [], 'buyer_nip'],
  ['Indeks', ['ZK-12', 'RM-40'], [], 'sku'],
  ['Nazwa towaru', ['Zawór kulowy 1/2"', 'Rura PEX 16'], [], 'name'],
  ['Ilość sprzedana', ['2', '150'], [], 'quantity'],
  ['Wartość', ['1 200,50', '86,00'], [], null],
] as const;

export const INSPECTION = {
  columns: COLUMNS.map(([name, samples, choices]) => ({ name, samples, choices })),
  sheets: [],
  proposal: JSON.stringify({
    version: 1, encoding: 'cp1250', delimiter: ';', decimal: ',', thousands: ' ', dates: ['%d.%m.%Y'],
    kind: { column: 'Typ', values: { FS: 'invoice', KFS: 'correction' } },
    columns: { ...Object.fromEntries(COLUMNS.flatMap(([name, , , field]) => (field ? [[field, name]] : []))), currency: { constant: 'PLN' } },
  }),
  offered: null,
  offeredSource: null,
};
