import { QueryClient } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { safeNext } from '@member/id/next';
import { Around, SIGNED_OUT } from '@ui/testing';
import { App } from './App';
import { keepFor, restoreKept } from './kept';
import { isMemberPage, isPublicBrandFile } from './workerScope';

const ORIGIN = 'http://termopol.kolektor.localhost';
const at = (path: string) => new URL(path, ORIGIN);

describe('signed out', () => {
  it('leads to sign-in and back to where somebody was', async () => {
    window.history.replaceState(null, '', '/shop?q=orlen');
    render(<Around session={SIGNED_OUT}><App /></Around>);
    const link = await screen.findByRole('link');
    expect(link).toHaveAttribute('href', '/auth/login?next=%2Fshop%3Fq%3Dorlen');
  });

  it('follows only a path of its own host after signing in', () => {
    expect(safeNext('/oauth/authorize?client_id=a', ORIGIN)).toBe('/oauth/authorize?client_id=a');
    expect(safeNext('https://evil.example/x', ORIGIN)).toBe('/');
    expect(safeNext('//evil.example/x', ORIGIN)).toBe('/');
    expect(safeNext('javascript:alert(1)', ORIGIN)).toBe('/');
    expect(safeNext(null, ORIGIN)).toBe('/');
  });
});

describe('service worker', () => {
  it.each(['/', '/history', '/history?entry=1', '/shop', '/checkout/r1', '/wallet', '/orders', '/orders/o1'])('handles %s', (path) => {
    expect(isMemberPage(at(path), ORIGIN)).toBe(true);
  });

  it.each(['/console', '/console/imports', '/auth/login', '/auth/logout', '/graphql/member', '/media/a.png', '/session', '/api/programs', '/historyx', '/orders/o1/x'])(
    'leaves %s alone',
    (path) => {
      expect(isMemberPage(at(path), ORIGIN)).toBe(false);
      expect(isPublicBrandFile(at(path), ORIGIN)).toBe(false);
    },
  );

  it.each(['/brand.css', '/brand.json', '/icons/192.png', '/icons/logo.svg'])('keeps the public brand file %s', (path) => {
    expect(isPublicBrandFile(at(path), ORIGIN)).toBe(true);
  });

  it('leaves other hosts alone', () => {
    expect(isMemberPage(new URL('http://id.kolektor.localhost/'), ORIGIN)).toBe(false);
  });
});

describe('what the phone keeps', () => {
  async function kept(meta?: object): Promise<string | null> {
    const client = new QueryClient();
    const stop = keepFor(client, 'p1');
    await client.query({ queryKey: ['balance'], queryFn: () => Promise.resolve('12.00'), ...(meta ? { meta: { ...meta } } : {}) });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    stop();
    return localStorage.getItem('kolektor.kept');
  }

  it('is what says so, and nothing else', async () => {
    expect(await kept()).toBeNull();
    expect(await kept({ offline: true })).toContain('12.00');
  });

  it('comes back for the same person only, and not for ever', async () => {
    await kept({ offline: true });
    const raw = localStorage.getItem('kolektor.kept') ?? '';
    const other = new QueryClient();
    restoreKept(other, 'p2');
    expect(other.getQueryData(['balance'])).toBeUndefined();
    expect(localStorage.getItem('kolektor.kept')).toBeNull();

    localStorage.setItem('kolektor.kept', raw);
    const same = new QueryClient();
    restoreKept(same, 'p1');
    expect(same.getQueryData(['balance'])).toBe('12.00');

    const late = new QueryClient();
    restoreKept(late, 'p1', Date.now() + 15 * 24 * 3600 * 1000);
    expect(late.getQueryData(['balance'])).toBeUndefined();
  });
});
