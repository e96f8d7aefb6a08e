import { http, HttpResponse, type RequestHandler } from 'msw';

interface MockApplication {
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn';
  firmName: string;
  reason: string;
}

export interface MockRegistration {
  mode: 'closed' | 'reviewed' | 'open';
  criteria: string;
  terms: { version: number; text: string } | null;
  member: boolean;
  application: MockApplication | null;
}

export const REGISTRATION: MockRegistration = {
  mode: 'reviewed',
  criteria: 'Prowadzę firmę instalacyjną i kupuję na firmę.',
  terms: { version: 3, text: '1. Punkty są za zakupy.\n2. Punkty wymienia się na vouchery.' },
  member: false,
  application: null,
};

export interface MockInvitation {
  id: string;
  kind: 'firm' | 'program';
  firmName: string;
  invitedBy: string;
  expiresAt: string;
}

export const INVITATION: MockInvitation = {
  id: 'i1', kind: 'program', firmName: 'Instalacje Nowak', invitedBy: 'Ewa Handlowa', expiresAt: '2026-12-20T10:00:00Z',
};

/** A refusal in the REST form. */
export function refusal(code: string, field: string | null, message: string) {
  return HttpResponse.json({ errors: [{ code, field, message }] }, { status: 400 });
}

let invitations = [INVITATION];
let application = REGISTRATION.application;

const standing = () => HttpResponse.json({ ...REGISTRATION, application });
const formOf = async (request: Request) => new URLSearchParams(await request.text());

/** What is open to whoever is signed in and is no member yet. */
export const joiningHandlers: RequestHandler[] = [
  http.get('*/api/invitations', () => HttpResponse.json({ invitations })),
  http.post('*/api/invitations', async ({ request }) => {
    const form = await formOf(request);
    invitations = invitations.filter((each) => each.id !== form.get('id'));
    return HttpResponse.json({ accepted: form.get('answer') === 'accept' });
  }),
  http.get('*/api/registration', standing),
  http.post('*/api/registration', async ({ request }) => {
    const form = await formOf(request);
    const digits = (form.get('nip') ?? '').replaceAll(/\D/g, '');
    if (form.get('withdraw') === '1') application = application && { ...application, state: 'withdrawn' };
    else if (digits.length !== 10) return refusal('BAD_NIP', 'nip', `Nieprawidłowy NIP: ${form.get('nip') ?? ''}`);
    else application = { state: 'waiting', firmName: form.get('firmName') ?? '', reason: '' };
    return standing();
  }),
  http.post('*/api/claims', () => HttpResponse.json({ resendAfter: 30, validFor: 600 })),
  http.post('*/api/claims/confirm', async ({ request }) => {
    const form = await formOf(request);
    if (form.get('code') === '123456') return HttpResponse.json({ claimed: true });
    return refusal('CODE_REFUSED', 'code', 'Ten kod się nie zgadza albo stracił ważność. Sprawdź go lub poproś o nowy.');
  }),
];
