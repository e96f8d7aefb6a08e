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
  timeline: object[];
}

const batch = (id: string, fileName: string, format: string, state: string, createdAt: string): MockBatch => ({
  id, fileName, format, state, createdAt, createdBy: 'Anna Zielińska', finishedAt: state === 'DONE' ? createdAt : null,
  processed: 128, total: 128, documents: 128, accepted: 122, duplicates: 3, rejected: 3, lines: 861, matchedLines: 803,
  pointsAwarded: '14382.55', pointsReversed: '210.00', problemCount: problemNodes.length,
  timeline: [
    event(createdAt, 'UPLOADED', 'Plik przesłany', 'Anna Zielińska'),
    event(createdAt.replace(':00Z', ':07Z'), 'CHECKED', 'Próba zakończona: 122 dokumenty do przyjęcia, 3 odrzucone'),
  ],
});

export const BATCHES: MockBatch[] = [
  batch('b-checked', 'sprzedaz-2026-11.csv', 'csv', 'CHECKED', '2026-11-21T08:14:00Z'),
  { ...batch('b-checking', 'ksef-2026-11-20.xml.gz', 'ksef', 'CHECKING', '2026-11-21T08:20:00Z'), processed: 46, problemCount: 0 },
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
}));

export const RULES = [
  ['PODSTAWA', 'Punkty za zakupy', 3, 'LIVE', '2026-01-01', null, 'Za każdy 1 zł netto na dowolny produkt: 0,01 pkt.', '48210.40'],
  ['KOTLY-JESIEN', 'Kotły kondensacyjne, jesień', 2, 'LIVE', '2026-09-01', '2026-11-30', 'Za każdy 1 zł netto na produkty marek Termet i Immergas z kategorii „Kotły”, od 1 września do 30 listopada 2026: 0,05 pkt zamiast punktów podstawowych.', '12044.00'],
  ['ARMATURA', 'Armatura promocyjna', 1, 'SCHEDULED', '2026-12-01', '2026-12-31', 'Za każdą sztukę produktów ZK-12M i ZK-34M: 2 pkt.', '0.00'],
  ['POMPY', 'Pompy, wiosna', 4, 'RETIRED', '2026-03-01', '2026-05-31', 'Za każdą sztukę z kategorii „Pompy obiegowe”: 15 pkt.', '3330.00'],
].map(([code, name, version, state, validFrom, validUntil, sentence, pointsGiven]) => ({
  id: String(code), code, name, version, state, validFrom, validUntil, sentence, pointsGiven,
}));

export const CONSOLE_ORDERS = [
  ['o1', 'Z-2026-001203', 'FULFILLED', 'Karta Żabka', 'Żabka', '50.00', 3],
  ['o2', 'Z-2026-001187', 'UNKNOWN', 'Karta podarunkowa Castorama', 'Castorama', '200.00', null],
  ['o3', 'Z-2026-001102', 'FULFILLED', 'Karta Allegro', 'Allegro', '300.00', 2],
  ['o4', 'Z-2026-001044', 'FAILED', 'Voucher Decathlon', 'Decathlon', '100.00', null],
].map(([id, number, state, rewardName, brandName, amount, seconds], index) => ({
  id: String(id), number, state: String(state), createdAt: `2026-11-${20 - index * 3}T15:02:00Z`, memberId: `m${index}`, memberName: NAMES[index],
  rewardName, brandName, faceValue: money(String(amount)), points: String(amount), secondsToDeliver: seconds,
  timeline: [
    event(`2026-11-${20 - index * 3}T15:02:00Z`, 'PLACED', 'Zamówienie przyjęte, punkty zarezerwowane', NAMES[index] ?? null),
    event(`2026-11-${20 - index * 3}T15:02:01Z`, 'ISSUING', 'Wysłano do wystawcy voucherów'),
  ],
}));
