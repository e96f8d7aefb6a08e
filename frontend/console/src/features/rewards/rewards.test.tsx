import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { server } from '../../../../mocks/testServer.ts';
import { CodesForm } from './CodesForm';
import { partnerState } from './partnerState';
import { amountsTyped, rateTyped } from './rate';
import type { Reward } from './RewardPage';
import { rewardStateName, rewardTone } from './rewardState';

const POOL: Reward = {
  id: 'r3', name: 'Kawa', brandName: 'Marta', category: '', kind: 'FIXED', pointsPerUnit: '1.00', active: true, available: true, pooled: true, stock: 0,
  lowStock: true, partnerName: 'Kody własne', minAmount: null, maxAmount: null, picture: null, timeline: [],
  denominations: [{ amount: { amount: '20.00', currency: 'PLN' }, points: '20.00', stock: 0 }],
};

describe('what is typed', () => {
  it.each([
    ['1', '1.00'], ['0,75', '0.75'], ['1 200,5', '1200.50'], ['007', '7.00'], ['', null], ['0', null], ['0,00', null], ['-1', null], ['1,234', null], ['1e3', null], ['jeden', null],
  ])('%s points are %s', (typed, expected) => {
    expect(rateTyped(typed)).toBe(expected);
  });

  it.each<[string, string[] | null]>([
    ['20 50 100', ['20.00', '50.00', '100.00']],
    ['20, 50, 100', ['20.00', '50.00', '100.00']],
    ['19,99; 5', ['19.99', '5.00']],
    ['', null],
    ['20 x', null],
    ['20 0', null],
  ])('%s as face values', (typed, expected) => {
    expect(amountsTyped(typed)).toEqual(expected);
  });
});

describe('standing', () => {
  it('of a reward: gone before everything, low only in the shop', () => {
    const names = [
      { active: true, available: false, lowStock: true },
      { active: true, available: true, lowStock: true },
      { active: true, available: true, lowStock: false },
      { active: false, available: true, lowStock: true },
    ];
    expect(names.map(rewardStateName)).toEqual(['Wycofana przez partnera', 'W sklepie, kończą się kody', 'W sklepie', 'Poza sklepem']);
    expect(names.map(rewardTone)).toEqual(['bad', 'warn', 'good', 'quiet']);
  });

  it('of a partner: paused before silent before shaky', () => {
    expect(partnerState({ enabled: false, breaker: 'open', failures: 9 }).text).toBe('Wstrzymany');
    expect(partnerState({ enabled: true, breaker: 'open', failures: 9 }).tone).toBe('bad');
    expect(partnerState({ enabled: true, breaker: 'closed', failures: 2 }).tone).toBe('warn');
    expect(partnerState({ enabled: true, breaker: 'closed', failures: 0 }).text).toBe('Działa');
  });
});

describe('upload of codes', () => {
  it('sends file and face value, and says what was new', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ added: 3, known: 1 }, { status: 201 }));
    render(<Around><CodesForm reward={POOL} /></Around>);
    await userEvent.upload(screen.getByLabelText('Plik z kodami'), new File(['A\nB'], 'kody.csv', { type: 'text/csv' }));
    await userEvent.click(screen.getByRole('button', { name: 'Dodaj kody' }));
    expect(await screen.findByText(/Dodano 3 kody, 1 już był/)).toBeInTheDocument();
    const [address, request] = fetched.mock.calls.find(([url]) => typeof url === 'string' && url.endsWith('/codes')) ?? [];
    expect(address).toBe('/api/console/rewards/r3/codes');
    const sent = request?.body as FormData;
    expect([sent.get('faceValue'), (sent.get('file') as File).name]).toEqual(['20.00', 'kody.csv']);
  });

  it('shows the refusal of the server and keeps the file', async () => {
    const errors = [{ code: 'BAD_CODES', field: 'file', message: 'Nic nie dodano. Popraw wiersze 2.' }];
    server.use(http.post('*/api/console/rewards/r3/codes', () => HttpResponse.json({ errors }, { status: 400 })));
    render(<Around><CodesForm reward={POOL} /></Around>);
    await userEvent.upload(screen.getByLabelText('Plik z kodami'), new File(['A B'], 'kody.csv', { type: 'text/csv' }));
    await userEvent.click(screen.getByRole('button', { name: 'Dodaj kody' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Popraw wiersze 2');
    expect(screen.getByRole('button', { name: 'Dodaj kody' })).toBeEnabled();
  });
});
