import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { http, HttpResponse } from 'msw';
import { forgetPerson, signOut, startSession } from '@ui/session/session';
import { server } from '../../../../mocks/testServer.ts';
import { forgetCodes, forgetOthers, keepCode, keptCode } from './codeVault';

const CODE = { code: '7812-4409-KX31-90AF', pin: '4471' };

async function everything(): Promise<string> {
  const database = await openDB('kolektor-codes');
  const rows = [(await database.getAll('codes')) as object[], (await database.getAll('keys')) as object[]].flat();
  database.close();
  const bytes = rows.flatMap((row) => Object.values(row) as unknown[]).filter((value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value));
  return bytes.map((value) => new TextDecoder('latin1').decode(value as ArrayBuffer)).join('') + JSON.stringify(rows);
}

async function databases(): Promise<(string | undefined)[]> {
  return (await indexedDB.databases()).map((each) => each.name);
}

afterEach(forgetCodes);

describe('codes kept on the device', () => {
  it('come back for who saw them', async () => {
    await keepCode('p1', 'v1', CODE);
    await keepCode('p1', 'v2', { code: 'ABCD-1', pin: null });
    expect(await keptCode('p1', 'v1')).toEqual(CODE);
    expect(await keptCode('p1', 'v2')).toEqual({ code: 'ABCD-1', pin: null });
    expect(await keptCode('p1', 'v3')).toBeNull();
  });

  it('are not there for another person', async () => {
    await keepCode('p1', 'v1', CODE);
    expect(await keptCode('p2', 'v1')).toBeNull();
  });

  it('lie encrypted, under a key that cannot be taken out', async () => {
    await keepCode('p1', 'v1', CODE);
    const stored = await everything();
    expect(stored).not.toContain('7812');
    expect(stored).not.toContain('4471');
    const database = await openDB('kolektor-codes');
    const { key } = (await database.get('keys', 'p1')) as { key: CryptoKey };
    database.close();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('use a fresh nonce each time', async () => {
    await keepCode('p1', 'v1', CODE);
    const first = await everything();
    await keepCode('p1', 'v1', CODE);
    expect(await everything()).not.toBe(first);
    expect(await keptCode('p1', 'v1')).toEqual(CODE);
  });

  it('do not open as another voucher, or when somebody changed them', async () => {
    await keepCode('p1', 'v1', CODE);
    const database = await openDB('kolektor-codes');
    const row = (await database.get('codes', ['p1', 'v1'])) as { voucherId: string; sealed: ArrayBuffer };
    await database.put('codes', { ...row, voucherId: 'v2' });
    const changed = new Uint8Array(row.sealed.slice(0));
    changed[0] = (changed[0] ?? 0) ^ 1;
    await database.put('codes', { ...row, voucherId: 'v1', sealed: changed.buffer });
    database.close();
    expect(await keptCode('p1', 'v2')).toBeNull();
    expect(await keptCode('p1', 'v1')).toBeNull();
  });

  it('of the last person go when another one signs in', async () => {
    await keepCode('p1', 'v1', CODE);
    await keepCode('p2', 'v9', CODE);
    await forgetOthers('p2');
    expect(await keptCode('p1', 'v1')).toBeNull();
    expect(await keptCode('p2', 'v9')).toEqual(CODE);
    const database = await openDB('kolektor-codes');
    expect(await database.getAllKeys('keys')).toEqual(['p2']);
    database.close();
  });

  it('survive two first looks at once', async () => {
    await Promise.all([keepCode('p1', 'v1', CODE), keepCode('p1', 'v2', CODE)]);
    expect(await keptCode('p1', 'v1')).toEqual(CODE);
    expect(await keptCode('p1', 'v2')).toEqual(CODE);
  });

  it('go with the sign-out', async () => {
    await startSession({ offline: true });
    await keepCode('p1', 'v1', CODE);
    expect(await databases()).toContain('kolektor-codes');
    await signOut();
    expect(await databases()).not.toContain('kolektor-codes');
  });

  it('go when the server no longer knows the person', async () => {
    await keepCode('p1', 'v1', CODE);
    server.use(http.get('*/session', () => HttpResponse.json({ authenticated: false, person: null, roles: [], csrfToken: 'x' })));
    await startSession({ offline: true });
    await forgetPerson();
    expect(await databases()).not.toContain('kolektor-codes');
  });
});
