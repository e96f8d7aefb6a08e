import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import { http, HttpResponse, type RequestHandler } from 'msw';
import { brandOfHost, BRANDS, POINT_FORMS } from './data/brands.ts';
import { joiningHandlers } from './joining.ts';
import { consoleRoot, memberRoot, networkRoot, type MockViewer } from './resolvers.ts';

/** Answers by the committed SDL: an operation that the contract does not allow fails here as it would on the server. */
function schemaOf(name: string): GraphQLSchema {
  return buildSchema(readFileSync(join(import.meta.dirname, '..', 'schema', `${name}.graphql`), 'utf8'));
}

const PERSON = { id: 'p1', firstName: 'Marek', lastName: 'Wójcik', email: 'marek.wojcik@example.pl' };

export interface MockState {
  authenticated: boolean;
  /** In the program of the host. */
  member: boolean;
  language: string;
  /** The wholesaler of the host is suspended. */
  readOnly: boolean;
}

export const mockState: MockState = { authenticated: true, member: true, language: 'pl', readOnly: false };

const unauthenticated = () => HttpResponse.json({ errors: [{ code: 'UNAUTHENTICATED', message: 'Zaloguj się.' }] }, { status: 401 });

/** What an administrator may use: all of it. */
function operationsOf(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
}

function endpoint(path: string, schema: GraphQLSchema, root: (viewer: MockViewer) => object): RequestHandler {
  return http.post(`*${path}`, async ({ request }) => {
    if (!mockState.authenticated) return unauthenticated();
    const { query, variables } = (await request.json()) as { query: string; variables: Record<string, unknown> };
    const url = new URL(request.url);
    const brand = brandOfHost(url.hostname, url.port);
    const viewer = { language: mockState.language, slug: brand.slug, programName: brand.name };
    const answer = await graphql({ schema, source: query, variableValues: variables, rootValue: root(viewer) });
    return HttpResponse.json(JSON.parse(JSON.stringify(answer)) as object);
  });
}

function brandFile(request: Request) {
  const url = new URL(request.url);
  return brandOfHost(url.hostname, url.port);
}

function contrastOf(hex: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150 ? '#000000' : '#ffffff';
}

function rolesAt(request: Request): string[] {
  if (brandFile(request).kind === 'network') return ['director'];
  return [...(mockState.member ? ['member'] : []), 'program_admin'];
}

export const handlers: RequestHandler[] = [
  http.get('*/brand.json', ({ request }) => HttpResponse.json({ ...brandFile(request) })),
  http.get('*/brand.css', ({ request }) => {
    const { primaryColor, accentColor } = brandFile(request);
    const css = `:root{--brand-primary:${primaryColor};--brand-primary-contrast:${contrastOf(primaryColor)};--brand-accent:${accentColor};--brand-surface:#fff}`;
    return new HttpResponse(css, { headers: { 'Content-Type': 'text/css' } });
  }),
  http.get('*/session', ({ request }) =>
    HttpResponse.json({
      authenticated: mockState.authenticated,
      person: mockState.authenticated ? { ...PERSON, language: mockState.language } : null,
      roles: mockState.authenticated ? rolesAt(request) : [],
      twoFactors: mockState.authenticated,
      may: mockState.authenticated ? operationsOf(schemaOf('console')) : [],
      csrfToken: 'mock-token',
      readOnly: mockState.readOnly,
    }),
  ),
  http.post('*/session/language', async ({ request }) => {
    mockState.language = ((await request.json()) as { language: string }).language;
    return HttpResponse.json({ ok: true });
  }),
  http.get('*/auth/login', ({ request }) => {
    mockState.authenticated = true;
    return new HttpResponse(null, { status: 302, headers: { Location: new URL(request.url).searchParams.get('next') ?? '/' } });
  }),
  http.post('*/auth/password', async ({ request }) => {
    const { password, next } = (await request.json()) as { password: string; next?: string };
    if (password !== 'haslo') {
      const message = 'E-mail lub hasło się nie zgadza.';
      return HttpResponse.json({ errors: [{ code: 'INVALID_CREDENTIALS', field: null, message }] }, { status: 400 });
    }
    mockState.authenticated = true;
    return HttpResponse.json({ ok: true, next: next ?? '/' });
  }),
  http.post('*/auth/code', () => HttpResponse.json({ ok: true, resendAfter: 30, validFor: 600 })),
  http.post('*/auth/code/confirm', async ({ request }) => {
    const { code, next } = (await request.json()) as { code: string; next?: string };
    if (code !== '123456') {
      const message = 'Ten kod się nie zgadza albo stracił ważność. Sprawdź go lub poproś o nowy.';
      return HttpResponse.json({ errors: [{ code: 'CODE_REFUSED', field: 'code', message }] }, { status: 400 });
    }
    mockState.authenticated = true;
    return HttpResponse.json({ ok: true, next: next ?? '/' });
  }),
  http.post('*/auth/logout', () => {
    mockState.authenticated = false;
    return HttpResponse.json({ ok: true });
  }),
  http.get('*/api/face', () => HttpResponse.json({ face: null })),
  http.get('*/api/programs', ({ request }) => {
    const { port } = new URL(request.url);
    const url = (slug: string) => `http://${slug}.kolektor.localhost:${port}/`;
    return HttpResponse.json({
      programs: BRANDS.filter((brand) => brand.kind === 'wholesaler').map((brand, index) => ({
        wholesaler: brand.slug, name: brand.name, url: url(brand.slug), logoUrl: null, logoGround: null, primaryColor: brand.primaryColor,
        balance: index === 2 ? null : ['1834.75', '246.00'][index], pointName: POINT_FORMS.few, pointForms: POINT_FORMS, asOf: index === 2 ? null : '2026-11-21T08:14:00Z',
        roles: [['member', 'program_admin'], ['member'], ['program_admin']][index],
      })),
      networks: [{ name: 'Grupa Kolektor', url: url('hq'), roles: ['director'] }],
    });
  }),
  ...joiningHandlers,
  http.post('*/api/console/imports', () => HttpResponse.json({ id: 'b-checking' }, { status: 201 })),
  endpoint('/graphql/member', schemaOf('member'), memberRoot),
  endpoint('/graphql/console', schemaOf('console'), consoleRoot),
  endpoint('/graphql/network', schemaOf('network'), () => networkRoot),
];
