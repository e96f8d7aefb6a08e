import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { BrandingForm } from './BrandingForm';
import type { Look } from './look';

const SAVED: Look = {
  name: 'Klub', primaryColor: '#c8102e', accentColor: '#f2a900', surfaceColor: '#ffffff', logoText: 'K', logoShape: 'circle', pointOne: 'kropla',
  pointFew: 'krople', pointMany: 'kropel', pointOther: 'kropli',
};

describe('branding', () => {
  it('draws the phone as it is typed, its shape after the hue', async () => {
    render(<Around><BrandingForm saved={SAVED} /></Around>);
    const phone = screen.getByTestId('phone');
    expect(phone).toHaveAttribute('data-look', 'solid');
    const main = screen.getByLabelText('Kolor główny');
    await userEvent.clear(main);
    await userEvent.type(main, '#0a7d3');
    expect(phone).toHaveAttribute('data-look', 'solid');
    expect(screen.getByRole('button', { name: 'Zapisz wygląd' })).toBeDisabled();
    await userEvent.type(main, 'c');
    expect(phone).toHaveAttribute('data-look', 'soft');
    expect(phone.style.getPropertyValue('--brand-primary')).toBe('#0a7d3c');
    await userEvent.type(screen.getByLabelText('2 …'), 'X');
    expect(phone).toHaveTextContent('1 234kropleX');
  });

  it('keeps the form when the server refuses, the sentence at the field', async () => {
    render(<Around><BrandingForm saved={SAVED} /></Around>);
    await userEvent.clear(screen.getByLabelText('Nazwa programu'));
    await userEvent.click(screen.getByRole('button', { name: 'Zapisz wygląd' }));
    expect(await screen.findByText('Podaj nazwę.')).toBeInTheDocument();
    expect(screen.getByLabelText('Nazwa programu')).toBeInvalid();
    expect(screen.getByLabelText('Litery logo')).toHaveValue('K');
  });
});
