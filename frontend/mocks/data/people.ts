interface MockDecision {
  given: boolean;
  at: string;
  text: string;
  textVersion: string;
  channel: string;
}

interface MockConsent {
  kind: string;
  given: boolean;
  at: string | null;
  text: string;
  textVersion: string;
  history: MockDecision[];
}

const consent = (kind: string, text: string): MockConsent => ({ kind, text, given: false, at: null, textVersion: '2026-11', history: [] });

export const CONSENTS: MockConsent[] = [
  consent('email', 'Zgadzam się na otrzymywanie informacji handlowych od Termopol pocztą elektroniczną.'),
  consent('sms', 'Zgadzam się na otrzymywanie informacji handlowych od Termopol SMS-em.'),
  consent('push', 'Zgadzam się na otrzymywanie informacji handlowych od Termopol jako powiadomień na telefonie.'),
  consent('profiling', 'Zgadzam się, by Termopol dobierał oferty na podstawie moich zakupów.'),
];

export interface MockMessage {
  id: string;
  kind: string;
  language: string;
  subject: string;
  body: string;
  action: string | null;
  path: string | null;
  createdAt: string;
  readAt: string | null;
}

export const MESSAGES: MockMessage[] = [
  {
    id: 'm2', kind: 'order_fulfilled', language: 'pl', subject: 'Voucher Karta paliwowa jest w portfelu', body: 'Voucher czeka w Twoim portfelu.',
    action: 'Pokaż voucher', path: '/wallet', createdAt: '2026-11-20T10:00:00Z', readAt: null,
  },
  {
    id: 'm1', kind: 'welcome', language: 'pl', subject: 'Witaj w programie', body: 'Dzień dobry!\n\nKupuj jak dotąd.',
    action: 'Zobacz swoje punkty', path: '/', createdAt: '2026-11-01T10:00:00Z', readAt: '2026-11-01T12:00:00Z',
  },
];
