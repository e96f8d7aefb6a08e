import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { refreshSession } from '@ui/session/session';
import { server } from '../../../mocks/testServer.ts';
import { createExecute } from './client';

const query = 'query Balance { balance { available } }' as unknown as TypedDocumentNode<{ balance: { available: string } }, object>;
const execute = createExecute('/graphql/member');
const path = '*/graphql/member';

describe('GraphQL client', () => {
  it('sends the CSRF token and the language of the screen', async () => {
    await refreshSession();
    let headers = new Headers();
    server.use(
      http.post(path, ({ request }) => {
        headers = request.headers;
        return HttpResponse.json({ data: { balance: { available: '1.00' } } });
      }),
    );
    await expect(execute(query, {})).resolves.toEqual({ balance: { available: '1.00' } });
    expect(headers.get('X-CSRFToken')).toBe('mock-token');
    expect(headers.get('Accept-Language')).toBe('pl');
  });

  it.each([
    [401, { errors: [{ code: 'UNAUTHENTICATED', message: 'Zaloguj się.' }] }, 'UNAUTHENTICATED'],
    [403, { errors: [{ code: 'FORBIDDEN', message: 'Brak roli.' }] }, 'FORBIDDEN'],
    [429, { errors: [] }, 'THROTTLED'],
    [200, { data: null, errors: [{ message: 'x', extensions: { code: 'TOO_DEEP' } }] }, 'TOO_DEEP'],
  ])('maps an answer of %i', async (status, body, code) => {
    server.use(http.post(path, () => HttpResponse.json(body, { status })));
    await expect(execute(query, {})).rejects.toMatchObject({ code });
  });

  it('maps a page that is no answer and a lost connection', async () => {
    server.use(http.post(path, () => new HttpResponse('<h1>Bad Gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })));
    await expect(execute(query, {})).rejects.toMatchObject({ code: 'SERVER', outcomeUnknown: true });
    server.use(http.post(path, () => new HttpResponse('<h1>Wi-Fi: zaloguj się</h1>', { headers: { 'Content-Type': 'text/html' } })));
    await expect(execute(query, {})).rejects.toMatchObject({ code: 'SERVER', outcomeUnknown: true });
    server.use(http.post(path, () => HttpResponse.error()));
    await expect(execute(query, {})).rejects.toMatchObject({ code: 'NETWORK', outcomeUnknown: true });
  });

  it('fetches a new token once when the old one is refused', async () => {
    const tokens: (string | null)[] = [];
    server.use(
      http.get('*/session', () => HttpResponse.json({ authenticated: true, person: null, roles: [], csrfToken: 'fresh' })),
      http.post(path, ({ request }) => {
        tokens.push(request.headers.get('X-CSRFToken'));
        return tokens.length === 1
          ? new HttpResponse('CSRF', { status: 403, headers: { 'Content-Type': 'text/html' } })
          : HttpResponse.json({ data: { balance: { available: '2.00' } } });
      }),
    );
    await expect(execute(query, {})).resolves.toEqual({ balance: { available: '2.00' } });
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).toBe('fresh');
  });

  it('does not ask twice when the role is refused', async () => {
    let calls = 0;
    server.use(
      http.post(path, () => {
        calls += 1;
        return HttpResponse.json({ errors: [{ code: 'FORBIDDEN', message: 'Brak roli.' }] }, { status: 403 });
      }),
    );
    await expect(execute(query, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(calls).toBe(1);
  });
});
