import { expect, it } from 'vitest';
import { findNextStep, type Goal } from './nextStep';

const reward = (id: string, fromPoints: string, denominations: string[] = []): Goal => ({
  id, name: id, brandName: id, color: '#000000', fromPoints,
  denominations: denominations.map((points) => ({ amount: { amount: points, currency: 'PLN' }, points })),
});
const rewards = [reward('dear', '500.00'), reward('cheap', '20.00'), reward('middle', '100.00'), reward('next', '250.00')];

it('names the dearest in reach and the nearest out of it', () => {
  const step = findNextStep(rewards, '200.00');
  expect(step.reachable).toMatchObject({ reward: { id: 'middle' }, value: null });
  expect(step.ahead).toMatchObject({ reward: { id: 'next' }, missing: '50.00', progress: 0.8 });
});

it('looks at each face value of a reward', () => {
  const step = findNextStep([reward('card', '50.00', ['50.00', '100.00', '400.00']), reward('dear', '500.00')], '200.00');
  expect(step.reachable).toMatchObject({ reward: { id: 'card' }, value: { amount: '100.00' }, points: '100.00' });
  expect(step.ahead).toMatchObject({ reward: { id: 'card' }, value: { amount: '400.00' }, missing: '200.00' });
});

it('copes with an empty shop, a balance for everything, and a debt', () => {
  expect(findNextStep([], '10.00')).toEqual({ reachable: null, ahead: null });
  expect(findNextStep(rewards, '900.00').ahead).toBeNull();
  expect(findNextStep([reward('a', '20.00')], '-5.00').ahead).toMatchObject({ missing: '25.00', progress: 0 });
});
