import { MEMBERS } from './console.ts';

/** Answers of the console about the ways in: counter, invitations, applications, self-registration, merging. */

const event = (at: string, code: string, text: string, actor: string | null = null) => ({ at, code, text, actor });
const refusal = (code: string, field: string | null, message: string) => ({ errors: [{ code, field, message }] });

interface MockEntry {
  id: string;
  kind: string;
  contact: string;
  known: boolean;
  done: boolean;
  createdAt: string;
}

const ENTRIES: MockEntry[] = [
  { id: 'ce1', kind: 'phone', contact: '+48600100200', known: false, done: true, createdAt: '2026-11-21T08:40:00Z' },
  { id: 'ce0', kind: 'email', contact: 'ewa.zrebiec@example.pl', known: true, done: true, createdAt: '2026-11-21T08:12:00Z' },
];

const contactOf = (typed: string) => (typed.includes('@') ? { kind: 'email', contact: typed.trim().toLowerCase() } : { kind: 'phone', contact: `+48${typed.replaceAll(/\D/g, '').slice(-9)}` });

/** Each look finds done what was entered before. */
function counterEntries() {
  const shown = ENTRIES.map((each) => ({ ...each }));
  for (const each of ENTRIES) each.done = true;
  return shown;
}

function enrollAtCounter({ input }: { input: { contact: string } }) {
  if (!/@.+\.|\d{9}/.test(input.contact)) return { entry: null, ...refusal('BAD_EMAIL', 'contact', 'Ten adres e-mail wygląda na błędny.') };
  const clean = contactOf(input.contact);
  const known = MEMBERS.some((each) => each.email === clean.contact || each.phone === clean.contact);
  const entry = { id: `ce-new-${ENTRIES.length}`, ...clean, known, done: known, createdAt: new Date().toISOString() };
  ENTRIES.unshift(entry);
  return { entry, errors: [] };
}

const INVITED = ['Rury i Spółka', 'Ciepło Plus', 'Kotłownia Nowak', 'Instal-Bud'];

const INVITATIONS = ['pending', 'accepted', 'declined', 'expired'].map((state, index) => ({
  id: `i${index}`, email: `biuro${index}@example.pl`, name: 'Jan Kowalski', firmName: INVITED[index] ?? '', nip: `52602502${70 + index}`,
  decisionMaker: index === 1 ? 'Maria Kowalska' : 'Jan Kowalski', state, invitedBy: 'Piotr Mazur', createdAt: '2026-11-14T09:00:00Z', expiresAt: '2026-12-14T09:00:00Z',
  canCancel: state === 'pending',
}));

const APPLICATIONS = ['waiting', 'waiting', 'accepted', 'declined'].map((state, index) => ({
  id: `a${index}`, state, name: ['Adam Lis', 'Beata Wrona', 'Cezary Sowa', 'Dorota Kos'][index] ?? '', email: `kandydat${index}@example.pl`, phone: '+48500200100', nip: '5260250274',
  firmName: INVITED[index] ?? '', criteria: 'Prowadzę firmę instalacyjną.', termsVersion: 2, invoiceNumber: index === 1 ? '' : 'FV/2026/11/0412',
  invoiceFound: index === 0, documents: index === 0 ? 12 : 0, owner: index === 1 ? 'Jan Kowalski' : '', reason: state === 'declined' ? 'Nie prowadzi Pani działalności instalacyjnej.' : '',
  memberId: state === 'accepted' ? 'm1' : null, createdAt: '2026-11-20T09:00:00Z', decidedAt: state === 'waiting' ? null : '2026-11-20T12:00:00Z',
  timeline: [event('2026-11-20T09:00:00Z', 'application.sent', 'Zgłoszenie wysłane')],
}));

function decide(id: string, change: { state: string; reason?: string; memberId?: string }) {
  const application = APPLICATIONS.find((each) => each.id === id);
  if (!application) return { application: null, ...refusal('NOT_FOUND', 'id', 'Nie ma takiego zgłoszenia.') };
  if (application.state !== 'waiting') return { application: null, ...refusal('APPLICATION_DECIDED', null, 'O tym zgłoszeniu już zdecydowano.') };
  Object.assign(application, change, { decidedAt: new Date().toISOString() });
  return { application, errors: [] };
}

const REGISTRATION = { mode: 'reviewed', criteriaPl: 'Prowadzę firmę instalacyjną.', criteriaEn: 'I run an installation business.' };

export const enrollmentRoot = {
  counterEntries,
  enrollAtCounter,
  programInvitations: () => INVITATIONS,
  recruiterCredits: [{ name: 'Piotr Mazur', invited: 4, joined: 1, buying: 1, points: '320.50' }],
  recruitingTimeline: [event('2026-11-14T09:00:00Z', 'recruiting.invited', 'Zaproszono biuro0@example.pl, Rury i Spółka', 'Piotr Mazur')],
  inviteToProgram: ({ input }: { input: { email: string; name: string; firmName: string; nip: string; decisionMaker: string } }) => {
    if (!input.email.includes('@')) return { invitation: null, ...refusal('BAD_EMAIL', 'email', 'Ten adres e-mail wygląda na błędny.') };
    const invitation = {
      ...input, id: `i-new-${INVITATIONS.length}`, decisionMaker: input.decisionMaker || input.name, state: 'pending', invitedBy: 'Anna Zielińska',
      createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(), canCancel: true,
    };
    INVITATIONS.unshift(invitation);
    return { invitation, errors: [] };
  },
  cancelProgramInvitation: ({ input }: { input: { id: string } }) => {
    const invitation = INVITATIONS.find((each) => each.id === input.id);
    if (!invitation) return { invitation: null, ...refusal('NOT_FOUND', 'id', 'Nie ma takiego zaproszenia.') };
    Object.assign(invitation, { state: 'canceled', canCancel: false });
    return { invitation, errors: [] };
  },
  applications: ({ state }: { state?: string | null }) => APPLICATIONS.filter((each) => !state || each.state === state || (state === 'decided' && each.state !== 'waiting')),
  acceptApplication: ({ input }: { input: { id: string } }) => decide(input.id, { state: 'accepted', memberId: 'm1' }),
  declineApplication: ({ input }: { input: { id: string; reason: string } }) => decide(input.id, { state: 'declined', reason: input.reason }),
  registration: () => REGISTRATION,
  setRegistration: ({ input }: { input: typeof REGISTRATION }) => {
    const missing = input.criteriaPl && !input.criteriaEn ? 'criteriaEn' : !input.criteriaPl && input.criteriaEn ? 'criteriaPl' : null;
    if (missing) return { registration: null, ...refusal('CRITERIA_IN_ONE_LANGUAGE', missing, 'Warunki muszą być w obu językach albo w żadnym.') };
    Object.assign(REGISTRATION, input);
    return { registration: REGISTRATION, errors: [] };
  },
  mergeMembers: ({ input }: { input: { keptId: string; goneId: string } }) => {
    const [kept, gone] = [input.keptId, input.goneId].map((id) => MEMBERS.find((each) => each.id === id));
    if (!kept || !gone) return { member: null, ...refusal('NOT_FOUND', 'goneId', 'Nie ma takiego uczestnika.') };
    gone.mergedIntoId = kept.id;
    kept.mergedFromIds.push(gone.id);
    return { member: kept, errors: [] };
  },
};
