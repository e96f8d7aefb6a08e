import { describe, expect, it } from 'vitest';
import { balanceAfter, pointsTyped } from './adjustment';

describe('an adjustment', () => {
  it.each([
    ['50', '50.00'], ['+50', '50.00'], ['-12,5', '-12.50'], ['\u2212 3', '-3.00'], ['1 234,56', '1234.56'], ['-0,01', '-0.01'], ['0', null], ['-0,00', null], ['--5', null], ['5-', null], ['1,234', null], ['', null], ['dużo', null],
  ])('%s is %s points', (typed, expected) => {
    expect(pointsTyped(typed)).toBe(expected);
  });

  it.each([
    ['100.00', '0.00', '50.00', '150.00'],
    ['100.00', '0.00', '-100.01', '-0.01'],
    ['0.00', '30.00', '50.00', '20.00'],
    ['0.00', '30.00', '30.00', '0.00'],
    ['0.00', '30.00', '10.00', '0.00'],
  ])('of %s with a debt of %s and %s leaves %s', (available, debt, points, expected) => {
    expect(balanceAfter({ available, debt }, points)).toBe(expected);
  });
});
