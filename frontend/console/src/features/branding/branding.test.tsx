import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { server } from '../../../../mocks/testServer.ts';
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

  it('sends a logo, says why one is refused, and shows the one that is in force', async () => {
    const errors = [{ code: 'PICTURE_UNREADABLE', field: 'file', message: 'To nie jest obraz.' }];
    let answer = HttpResponse.json({ errors } as object, { status: 400 });
    const sent: string[] = [];
    server.use(http.all('*/api/console/branding/logo', ({ request }) => {
      sent.push(request.method);
      return answer;
    }));
    const { rerender } = render(<Around><BrandingForm saved={SAVED} /></Around>);
    expect(screen.queryByRole('button', { name: 'Usuń i użyj rysowanego' })).not.toBeInTheDocument();
    await userEvent.upload(screen.getByLabelText('Plik z logo'), new File(['x'], 'logo.png', { type: 'image/png' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('To nie jest obraz.');
    answer = HttpResponse.json({ logo: null }, { status: 200 });
    rerender(<Around><BrandingForm saved={SAVED} logo="/logos/a-256.webp" /></Around>);
    const shown = screen.getAllByTestId('uploaded-logo');
    // on light, on dark, on the phone, on the start screen
    expect(shown.map((each) => each.getAttribute('src'))).toEqual(Array(4).fill('/logos/a-256.webp'));
    await userEvent.click(screen.getByRole('button', { name: 'Usuń i użyj rysowanego' }));
    await waitFor(() => expect(sent).toEqual(['POST', 'DELETE']));
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
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
