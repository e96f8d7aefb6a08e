import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';

/**
 * Codes that the member has looked at, for a start without a network. Each lies encrypted under a key of the person that no
 * script can read out (WebCrypto, not extractable); the database belongs to this host, as everything in IndexedDB does.
 * Databases named kolektor-* are deleted at sign-out (`ui/session`).
 */
const NAME = 'kolektor-codes';
const VERSION = 1;
const IV_BYTES = 12;

export interface KeptCode {
  code: string;
  pin: string | null;
}

interface Sealed {
  personId: string;
  voucherId: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

interface Schema extends DBSchema {
  keys: { key: string; value: { personId: string; key: CryptoKey } };
  codes: { key: [string, string]; value: Sealed; indexes: { person: string } };
}

type Database = IDBPDatabase<Schema>;

/** Some private windows have no IndexedDB, and pages without TLS no WebCrypto. */
function usable(): boolean {
  return 'indexedDB' in globalThis && 'subtle' in crypto;
}

/** Open only while it is used: an open connection would keep sign-out from deleting the database. */
async function within<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade(created) {
      created.createObjectStore('keys', { keyPath: 'personId' });
      created.createObjectStore('codes', { keyPath: ['personId', 'voucherId'] }).createIndex('person', 'personId');
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

async function keyOf(database: Database, personId: string): Promise<CryptoKey> {
  const known = await database.get('keys', personId);
  if (known) return known.key;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Two tabs at once: the first key written stays, or what the other tab sealed could not be opened.
  const writing = database.transaction('keys', 'readwrite');
  const first = await writing.store.get(personId);
  if (!first) await writing.store.put({ personId, key });
  await writing.done;
  return first?.key ?? key;
}

/** A sealed code opens only for the person and the voucher that it was sealed for. */
function bound(personId: string, voucherId: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${personId}\n${voucherId}`);
}

/** Keeps a code that the member has just seen. Where the browser cannot, nothing is kept. */
export async function keepCode(personId: string, voucherId: string, code: KeptCode): Promise<void> {
  if (!usable()) return;
  await within(async (database) => {
    const key = await keyOf(database, personId);
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const text = new TextEncoder().encode(JSON.stringify(code));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(personId, voucherId) }, key, text);
    await database.put('codes', { personId, voucherId, iv, sealed });
  });
}

/** The code as it was last seen on this device, or null. */
export async function keptCode(personId: string, voucherId: string): Promise<KeptCode | null> {
  if (!usable()) return null;
  return within(async (database) => {
    const [found, key] = await Promise.all([database.get('codes', [personId, voucherId]), database.get('keys', personId)]);
    if (!found || !key) return null;
    try {
      const additionalData = bound(personId, voucherId);
      const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: found.iv, additionalData }, key.key, found.sealed);
      return JSON.parse(new TextDecoder().decode(open)) as KeptCode;
    } catch {
      // Tampered with, or sealed under a key that is gone: as good as absent.
      return null;
    }
  });
}

/** When somebody else signs in here, what the last person kept goes, key and all. */
export async function forgetOthers(personId: string): Promise<void> {
  if (!usable()) return;
  await within(async (database) => {
    const erasing = database.transaction(['keys', 'codes'], 'readwrite');
    for (const other of await erasing.objectStore('keys').getAllKeys()) {
      if (other !== personId) await erasing.objectStore('keys').delete(other);
    }
    for (const [owner, voucher] of await erasing.objectStore('codes').getAllKeys()) {
      if (owner !== personId) await erasing.objectStore('codes').delete([owner, voucher]);
    }
    await erasing.done;
  });
}

/** For tests and for a browser that cannot list its databases. */
export async function forgetCodes(): Promise<void> {
  if (usable()) await deleteDB(NAME);
}
