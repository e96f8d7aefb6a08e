import { expect, it } from 'vitest';
import { orderStateExplanation, pollInterval } from './orderState';

it('looks often, then seldom, and stops when nothing can change', () => {
  expect(pollInterval('PLACED', 1)).toBe(1500);
  expect(pollInterval('UNKNOWN', 30)).toBe(6000);
  expect(pollInterval('FULFILLED', 1)).toBe(false);
  expect(pollInterval('FAILED', 1)).toBe(false);
});

it('does not call an unknown order failed or done', () => {
  expect(orderStateExplanation('UNKNOWN')).toContain('nie wiemy jeszcze');
  expect(orderStateExplanation('UNKNOWN')).toContain('Nie zamawiaj drugi raz');
});
