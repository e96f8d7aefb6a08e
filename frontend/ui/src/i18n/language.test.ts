import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { mockState } from '../../../mocks/handlers.ts';
import { server } from '../../../mocks/testServer.ts';
import { refreshSession } from '@ui/session/session';
import { adoptLanguage, chooseLanguage, saveLanguage } from './language';

const POLE = { language: 'pl' };

beforeEach(() => {
  mockState.language = 'pl';
});

describe('language', () => {
  it('chosen before signing in becomes the person’s', async () => {
    mockState.authenticated = false;
    await refreshSession();
    await saveLanguage('en');
    mockState.language = 'pl';
    mockState.authenticated = true;
    expect(chooseLanguage(POLE)).toBe('en');
    await adoptLanguage();
    expect(mockState.language).toBe('en');
    expect(sessionStorage).toHaveLength(0);
    expect(chooseLanguage(POLE)).toBe('pl');
  });

  it('stays chosen in this tab when it could not be saved', async () => {
    mockState.authenticated = false;
    await refreshSession();
    await saveLanguage('en');
    mockState.authenticated = true;
    server.use(http.post('*/session/language', () => HttpResponse.error()));
    await adoptLanguage();
    expect(chooseLanguage(POLE)).toBe('en');
  });

  it('is the person’s own where nobody chose another', async () => {
    await refreshSession();
    await adoptLanguage();
    expect(mockState.language).toBe('pl');
    expect(chooseLanguage(POLE)).toBe('pl');
  });
});
