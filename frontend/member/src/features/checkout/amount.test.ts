import { expect, it } from 'vitest';
import { balanceAfter, priceTyped } from './amount';

const reward = { minAmount: { amount: '20.00', currency: 'PLN' }, maxAmount: { amount: '1500.00', currency: 'PLN' }, pointsPerUnit: '1.05' };

it.each([
  ['100', { faceValue: '100.00', points: '105.00' }],
  ['99,99', { faceValue: '99.99', points: '104.99' }],
  ['20', { faceValue: '20.00', points: '21.00' }],
  ['19,99', 'TOO_LOW'],
  ['1500,01', 'TOO_HIGH'],
  ['sto', 'NOT_AN_AMOUNT'],
])('prices %s', (typed, expected) => {
  expect(priceTyped(typed, reward)).toEqual(expected);
});

it('shows what is missing as a negative rest', () => {
  expect(balanceAfter('100.00', '104.99')).toBe('-4.99');
});
