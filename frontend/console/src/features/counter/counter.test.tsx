import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { CounterPage } from './CounterPage';

function open() {
  render(<Around><CounterPage /></Around>);
  return screen.getByLabelText('E-mail albo telefon klienta');
}

describe('the counter', () => {
  it('takes a new customer by one field and Enter, and is ready for the next', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const field = open();
    expect(field).toHaveFocus();
    await userEvent.keyboard('Jan.Lada@example.com{Enter}');
    expect(await screen.findByText('Zapisano: jan.lada@example.com. Wiadomość jest w drodze.')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('jan.lada@example.com');
    expect(field).toHaveValue('');
    expect(field).toHaveFocus();
    const sent = fetched.mock.calls.map(([, request]) => (typeof request?.body === 'string' ? request.body : '')).filter((body) => body.includes('EnrollAtCounter'));
    expect(sent.map((body) => (JSON.parse(body) as { variables: unknown }).variables)).toEqual([{ input: { contact: 'Jan.Lada@example.com' } }]);
    const first = async () => (await screen.findAllByTestId('counter-entry'))[0];
    await waitFor(async () => expect(await first()).toHaveTextContent('jan.lada@example.com'));
    // the member is made a moment later, and the list hears of it by itself
    await waitFor(async () => expect(await first()).toHaveTextContent('nowy uczestnik'), { timeout: 3000 });
  });

  it('says who was a member already', async () => {
    open();
    await userEvent.keyboard('wojcik@example.pl');
    await userEvent.click(screen.getByRole('button', { name: 'Zapisz do programu' }));
    expect(await screen.findByText('wojcik@example.pl jest już w programie. Punkty naliczają się same.')).toBeInTheDocument();
    expect(screen.getByLabelText('E-mail albo telefon klienta')).toHaveFocus();
  });

  it('keeps what was typed when it is refused, and says why at the field', async () => {
    const field = open();
    await userEvent.keyboard('jan@{Enter}');
    expect(await screen.findByText('Ten adres e-mail wygląda na błędny.')).toBeInTheDocument();
    expect(field).toHaveValue('jan@');
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    await userEvent.keyboard('example.com');
    expect(screen.queryByText('Ten adres e-mail wygląda na błędny.')).not.toBeInTheDocument();
  });
});
