import { expect, it } from 'vitest';
import { findNextStep } from './nextStep';

const reward = (id: string, fromPoints: string, affordable: boolean) => ({ id, name: id, brandName: id, color: '#000000', fromPoints, affordable });
const rewards = [reward('dear', '500.00', false), reward('cheap', '20.00', true), reward('middle', '100.00', true), reward('next', '250.00', false)];

it('names the dearest in reach and the nearest out of it', () => {
  const step = findNextStep(rewards, '200.00');
  expect(step.reachable?.id).toBe('middle');
  expect(step.ahead).toMatchObject({ reward: { id: 'next' }, missing: '50.00', progress: 0.8 });
});

it('copes with an empty shop, a balance for everything, and a debt', () => {
  expect(findNextStep([], '10.00')).toEqual({ reachable: null, ahead: null });
  expect(findNextStep(rewards, '900.00').ahead).toBeNull();
  expect(findNextStep([reward('a', '20.00', false)], '-5.00').ahead).toMatchObject({ missing: '25.00', progress: 0 });
});
