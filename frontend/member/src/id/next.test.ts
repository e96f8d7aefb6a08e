import { describe, expect, it } from 'vitest';
import { requestedNext, safeNext, withLanguage } from './next';

describe('next', () => {
  it('stays on this host', () => {
    expect(safeNext('/identity/o/authorize?x=1', 'http://id.test')).toBe('/identity/o/authorize?x=1');
    expect(safeNext('https://evil.test/x', 'http://id.test')).toBe('/');
    expect(safeNext('//evil.test/x', 'http://id.test')).toBe('/');
  });

  it('is the account page when that was asked for', () => {
    expect(requestedNext('', '/account')).toBe('/account');
    expect(requestedNext('', '/')).toBe('');
    expect(requestedNext('?next=%2Fa', '/account')).toBe('/a');
  });

  it('carries the language that was chosen last', () => {
    const address = 'http://id.test/?next=' + encodeURIComponent('/identity/o/authorize?ui_locales=en&state=s');
    expect(new URL(withLanguage(address, 'pl')).searchParams.get('next')).toBe('/identity/o/authorize?ui_locales=pl&state=s');
    expect(withLanguage('http://id.test/?next=%2Fa', 'pl')).toBe('http://id.test/?next=%2Fa');
  });
});
