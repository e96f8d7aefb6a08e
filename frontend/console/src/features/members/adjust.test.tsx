import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { AdjustForm } from './AdjustForm';

const STANDING = { available: '100.00', debt: '0.00' };

async function fill(points: string, reason: string) {
  await userEvent.type(screen.getByLabelText('Punkty'), points);
  await userEvent.type(screen.getByLabelText('Powód'), reason);
  await userEvent.click(screen.getByRole('button', { name: 'Skoryguj punkty' }));
}

describe('points adjusted by hand', () => {
  it('says the balance before it is asked for, and sends one key', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const done = vi.fn();
    render(<Around><AdjustForm memberId="m0" name="Jan Nowak" standing={STANDING} onDone={done} /></Around>);
    await fill('12,5', 'Reklamacja');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Saldo po zmianie: 112,50');
    expect(done).not.toHaveBeenCalled();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Dodaj punkty' }));
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
    const sent = fetched.mock.calls.map(([, request]) => (typeof request?.body === 'string' ? request.body : '')).filter((body) => body.includes('AdjustPoints'));
    expect(sent).toHaveLength(1);
    const { input } = (JSON.parse(sent[0] ?? '') as { variables: { input: Record<string, string> } }).variables;
    expect(input).toMatchObject({ memberId: 'm0', points: '12.50', reason: 'Reklamacja' });
    expect(input['idempotencyKey']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not ask for what is not there', async () => {
    render(<Around><AdjustForm memberId="m0" name="Jan Nowak" standing={STANDING} onDone={vi.fn()} /></Around>);
    await fill('-100,01', 'Reklamacja');
    expect(screen.getByText('Można odjąć najwyżej 100.')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows a refusal at its field, with what was typed kept', async () => {
    render(<Around><AdjustForm memberId="m0" name="Jan Nowak" standing={STANDING} onDone={vi.fn()} /></Around>);
    await fill('-95', 'Reklamacja');
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Odejmij punkty' }));
    expect(await screen.findByText('Instalator ma tylko 5 pkt.')).toBeInTheDocument();
    expect(screen.getByLabelText('Punkty')).toHaveValue('-95');
  });
});
