/** Answers of headquarters about the life of wholesalers: asked for, live, suspended, live again, closed. */

const event = (at: string, code: string, text: string, actor: string | null = null) => ({ at, code, text, actor });
const refusal = (code: string, field: string | null, message: string) => ({ wholesaler: null, errors: [{ code, field, message }] });

interface MockWholesaler {
  id: string;
  slug: string;
  name: string;
  state: string;
  url: string;
  createdAt: string;
  adminName: string | null;
  adminEmail: string | null;
  attempts: number;
  failure: string | null;
}

const wholesaler = (slug: string, name: string, state: string, admin: [string, string] | null): MockWholesaler => ({
  id: `w-${slug}`, slug, name, state, url: `http://${slug}.kolektor.localhost`, createdAt: '2026-03-02T09:00:00Z',
  adminName: admin?.[0] ?? null, adminEmail: admin?.[1] ?? null, attempts: 0, failure: null,
});

const WHOLESALERS = [
  wholesaler('hydropartner', 'HydroPartner Gdańsk', 'suspended', ['Ewa Morska', 'ewa@hydropartner.example']),
  wholesaler('instalko', 'Instalko Poznań', 'live', ['Jan Warta', 'jan@instalko.example']),
  wholesaler('rurex', 'Rurex Łódź', 'closed', null),
  wholesaler('termopol', 'Termopol Kraków', 'live', ['Anna Zielińska', 'anna@termopol.example']),
];

const TIMELINE = [
  event('2026-03-02T09:00:00Z', 'wholesaler.requested', 'HydroPartner Gdańsk: zamówiono program', 'Piotr Lewandowski'),
  event('2026-03-02T09:01:00Z', 'wholesaler.opened', 'HydroPartner Gdańsk: program działa'),
  event('2026-11-10T12:00:00Z', 'wholesaler.suspended', 'HydroPartner Gdańsk: program wstrzymany (zaległe faktury)', 'Piotr Lewandowski'),
];

const note = (code: string, text: string) => TIMELINE.push(event(new Date().toISOString(), code, text, 'Piotr Lewandowski'));

/** Each look finds what is being made one step further: trouble, another try, live. */
function wholesalers() {
  const shown = WHOLESALERS.map((each) => ({ ...each })).toSorted((a, b) => a.name.localeCompare(b.name, 'pl'));
  for (const each of WHOLESALERS) {
    if (each.state === 'provisioned') Object.assign(each, { state: 'live', attempts: 0, failure: null });
    if (each.state === 'requested') Object.assign(each, { state: 'provisioned', attempts: 1, failure: 'OperationalError' });
  }
  return shown;
}

function openWholesaler({ input }: { input: { slug: string; name: string; nip: string; adminName: string; adminEmail: string } }) {
  if (!/^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(input.slug)) return refusal('BAD_SLUG', 'slug', 'Identyfikator to małe litery, cyfry i myślniki.');
  if (WHOLESALERS.some((each) => each.slug === input.slug)) return refusal('SLUG_TAKEN', 'slug', `Ten identyfikator jest już zajęty: ${input.slug}`);
  if (!input.name.trim()) return refusal('NAME_MISSING', 'name', 'Podaj nazwę.');
  if (input.nip.trim() && input.nip.replaceAll(/\D/g, '').length !== 10) return refusal('BAD_NIP', 'nip', `Nieprawidłowy NIP: ${input.nip}`);
  if (!input.adminName.trim()) return refusal('NAME_MISSING', 'adminName', 'Podaj nazwę.');
  if (!/@.+\./.test(input.adminEmail)) return refusal('BAD_EMAIL', 'adminEmail', 'Nieprawidłowy adres e-mail.');
  const made = { ...wholesaler(input.slug, input.name, 'requested', [input.adminName, input.adminEmail]), createdAt: new Date().toISOString() };
  WHOLESALERS.push(made);
  note('wholesaler.requested', `${made.name}: zamówiono program`);
  return { wholesaler: made, errors: [] };
}

function move(id: string, before: string, after: string, text: string) {
  const found = WHOLESALERS.find((each) => each.id === id);
  if (!found) return refusal('NOT_FOUND', 'id', 'Nie ma takiej hurtowni.');
  if (found.state !== before) return refusal('WRONG_STATE', 'id', 'W tym stanie nie można tego zrobić.');
  found.state = after;
  note(`wholesaler.${after}`, `${found.name}: ${text}`);
  return { wholesaler: found, errors: [] };
}

export const lifeCycleRoot = {
  wholesalers,
  wholesalersTimeline: () => TIMELINE,
  openWholesaler,
  suspendWholesaler: ({ input }: { input: { id: string; reason: string } }) => move(input.id, 'live', 'suspended', `program wstrzymany (${input.reason})`),
  resumeWholesaler: ({ input }: { input: { id: string } }) => move(input.id, 'suspended', 'live', 'program wznowiony'),
  closeWholesaler: ({ input }: { input: { id: string; slug: string; reason: string } }) =>
    input.slug === WHOLESALERS.find((each) => each.id === input.id)?.slug
      ? move(input.id, 'suspended', 'closed', `program zamknięty (${input.reason})`)
      : refusal('SLUG_MISTYPED', 'slug', 'To nie jest adres tej hurtowni.'),
};
