import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { server } from '../../../mocks/testServer.ts';
import { loginUrl, signOut, startSession } from './session';

describe('session', () => {
  it('keeps where somebody was, and only on this host', () => {
    expect(loginUrl('/history?entry=7')).toBe('/auth/login?next=%2Fhistory%3Fentry%3D7');
    expect(loginUrl('//evil.example')).toBe('/auth/login?next=%2F');
    expect(loginUrl('https://evil.example')).toBe('/auth/login?next=%2F');
  });

  it('starts without a network as who was here last, but only where that is wanted', async () => {
    await startSession({ offline: true });
    server.use(http.get('*/session', () => HttpResponse.error()));
    await expect(startSession({ offline: true })).resolves.toMatchObject({ authenticated: true, person: { id: 'p1' } });
    await expect(startSession({ offline: false })).rejects.toThrow();
  });

  it('purges what it kept at sign-out', async () => {
    await startSession({ offline: true });
    localStorage.setItem('kolektor.kept', '{}');
    sessionStorage.setItem('kolektor.attempt.r1', '{}');
    await signOut();
    expect(Object.keys(localStorage)).toEqual([]);
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('forgets a person whom the server no longer knows', async () => {
    localStorage.setItem('kolektor.kept', '{}');
    server.use(http.get('*/session', () => HttpResponse.json({ authenticated: false, person: null, roles: [], csrfToken: 'x' })));
    await startSession({ offline: true });
    expect(localStorage.getItem('kolektor.kept')).toBeNull();
  });
});
