import { expect, it } from 'vitest';
import { basisPoints, ownersRest, percentOf } from './shares';

it('reads shares as people type them', () => {
  expect([basisPoints('12,5'), basisPoints(' 30 '), basisPoints(''), basisPoints('0.01'), basisPoints('100')]).toEqual([1250, 3000, 0, 1, 10_000]);
  expect([basisPoints('101'), basisPoints('1,234'), basisPoints('-5'), basisPoints('x')]).toEqual([null, null, null, null]);
});

it('leaves the rest to the owner', () => {
  expect(percentOf(ownersRest(['30', '12,5']) ?? -1)).toBe('57.5');
  expect(ownersRest(['60', '60'])).toBe(-2000);
  expect(ownersRest(['60', 'x'])).toBeNull();
});
