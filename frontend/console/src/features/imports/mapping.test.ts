import { describe, expect, it } from 'vitest';
import { assign, constantOf, cutting, fieldOf, missingColumns, readMapping, setConstant, type Mapping } from './mapping';

const MAPPING: Mapping = {
  version: 1,
  delimiter: ';',
  dates: ['%d.%m.%Y'],
  kind: { column: 'Typ', values: { FS: 'invoice' } },
  columns: { number: 'Nr', net: 'Netto', buyer_code: { column: 'Kod', strip_prefix: 'K/' }, currency: { constant: 'PLN' } },
};

describe('a mapping', () => {
  it('is read from JSON, and what is none is refused', () => {
    expect(readMapping(JSON.stringify(MAPPING))).toEqual(MAPPING);
    expect(readMapping('{"version": 2, "columns": {}}')).toBeNull();
    expect(readMapping('{nie json')).toBeNull();
  });

  it('says what a column holds', () => {
    expect(['Nr', 'Kod', 'Typ', 'Uwagi'].map((column) => fieldOf(MAPPING, column))).toEqual(['number', 'buyer_code', 'kind', null]);
  });

  it('moves a field to another column and keeps what belongs to it', () => {
    const moved = assign(MAPPING, 'Symbol', 'buyer_code');
    expect(moved.columns['buyer_code']).toEqual({ column: 'Symbol', strip_prefix: 'K/' });
    expect(fieldOf(moved, 'Kod')).toBeNull();
  });

  it('gives a column one field only', () => {
    const changed = assign(MAPPING, 'Netto', 'gross');
    expect(changed.columns).not.toHaveProperty('net');
    expect(changed.columns['gross']).toBe('Netto');
  });

  it('takes a currency from a column instead of the whole file', () => {
    expect(assign(MAPPING, 'Wal', 'currency').columns['currency']).toBe('Wal');
    expect(constantOf(setConstant(MAPPING, 'currency', 'EUR'), 'currency')).toBe('EUR');
  });

  it('asks for the kinds of a column that tells them, and forgets them with it', () => {
    expect(assign(MAPPING, 'Rodzaj', 'kind', ['A', 'B']).kind).toEqual({ column: 'Rodzaj', values: { A: 'invoice', B: 'invoice' } });
    expect(assign(MAPPING, 'Typ', null).kind).toBe('invoice');
  });

  it('names the columns that a file lacks', () => {
    expect(missingColumns(MAPPING, ['Nr', 'Typ', 'Kod'])).toEqual([{ field: 'net', column: 'Netto' }]);
  });

  it('tells the server how the file is cut, and nothing else', () => {
    expect(JSON.parse(cutting(MAPPING))).toEqual({ delimiter: ';' });
  });
});
