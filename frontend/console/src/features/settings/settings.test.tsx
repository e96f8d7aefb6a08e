import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { addMonths, todayInWarsaw } from './addMonths';
import { SettingsForm, wholeTyped } from './SettingsForm';

const PROGRAM = {
  name: 'Klub', nip: '5260250274', currency: 'PLN', supportEmail: 'pomoc@klub.example', supportPhone: '', rounding: 'half_even', lotLifeMonths: 24, lateMatchDays: 90, confirmAbove: 5000,
};

describe('calendar', () => {
  it.each([['2026-11-25', 24, '2028-11-25'], ['2026-01-31', 1, '2026-02-28'], ['2027-12-31', 2, '2028-02-29'], ['2026-11-30', 1, '2026-12-30']])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('takes the day of Poland', () => {
    expect(todayInWarsaw(new Date('2026-11-25T23:30:00Z'))).toBe('2026-11-26');
  });

  it.each([['12', 12], [' 0 ', 0], ['1,5', null], ['-1', null], ['', null], ['12345', null]])('%s is the whole number %s', (typed, expected) => {
    expect(wholeTyped(typed)).toBe(expected);
  });
});

describe('settings', () => {
  it('says what the policy means, and whom a change does not touch', async () => {
    render(<Around><SettingsForm program={PROGRAM} /></Around>);
    const meaning = screen.getByTestId('expiry-meaning');
    expect(meaning).toHaveTextContent('Punkty tracą ważność po 24 miesiącach od sprzedaży.');
    expect(meaning).toHaveTextContent('Zmiana dotyczy tylko punktów przyznanych od tej chwili');
    const months = screen.getByLabelText('Miesięcy od sprzedaży');
    await userEvent.clear(months);
    await userEvent.type(months, '1');
    expect(meaning).toHaveTextContent('po 1 miesiącu');
    await userEvent.click(screen.getByLabelText('Punkty bezterminowe'));
    expect(meaning).toHaveTextContent('Punkty nie tracą ważności.');
    expect(months).toBeDisabled();
  });

  it('shows a refusal at its field and keeps what was typed', async () => {
    render(<Around><SettingsForm program={PROGRAM} /></Around>);
    const nip = screen.getByLabelText('NIP');
    expect(screen.getByRole('button', { name: 'Zapisz ustawienia' })).toBeDisabled();
    await userEvent.clear(nip);
    await userEvent.type(nip, '123');
    await userEvent.click(screen.getByRole('button', { name: 'Zapisz ustawienia' }));
    expect(await screen.findByText('Nieprawidłowy NIP: 123')).toBeInTheDocument();
    expect(nip).toHaveValue('123');
    expect(nip).toBeInvalid();
  });
});
