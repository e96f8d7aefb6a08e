import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { server } from '../../../../mocks/testServer.ts';
import { pointsOf } from './batchState';
import { fieldName } from './fieldName';
import { ProblemTable } from './ProblemTable';
import { guessFormat, uploadImport } from './upload';

describe('problem table', () => {
  it('says where, what and why, and tells errors from notices', async () => {
    render(<Around><ProblemTable batchId="b-checked" batchState="CHECKED" count={5} /></Around>);
    const row = (await screen.findAllByText('FV/2026/11/00512'))[0]?.closest('tr') as HTMLElement;
    const cells = within(row).getAllByRole('cell').map((cell) => cell.textContent);
    expect(cells).toEqual(['Błąd', 'FV/2026/11/00512', '43', 'IlośćIlość sprzedana', 'dwa', expect.stringContaining('Ilość „dwa” nie jest liczbą. Podaj ilość cyframi, na przykład 2.')]);
    // on a phone the last cell says all of it
    expect(cells.at(-1)).toBe('BłądFV/2026/11/00512Ilość „dwa” nie jest liczbą. Podaj ilość cyframi, na przykład 2.wszędzie (2 miejsca)wiersz 43 · Ilość (Ilość sprzedana) · dwaNOT_A_NUMBER');
    expect(screen.getByText('5 pozycji')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('radio', { name: 'Uwagi' }));
    expect(screen.queryByText('FV/2026/11/00512')).not.toBeInTheDocument();
    expect(screen.getAllByText('FV/2026/11/00521')).not.toHaveLength(0);
    expect(screen.getByText('2 pozycje')).toBeInTheDocument();
  });

  it('offers another try when the list does not load', async () => {
    server.use(http.post('*/graphql/console', () => HttpResponse.error()));
    render(<Around><ProblemTable batchId="b-checked" batchState="CHECKED" count={5} /></Around>);
    expect(await screen.findByRole('button', { name: 'Spróbuj ponownie' })).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('Brak połączenia');
  });
});

describe('names of fields', () => {
  it.each([
    ['buyer_nip', 'NIP nabywcy'],
    ['buyer.nip', 'NIP nabywcy'],
    ['P_11', 'Wartość netto'],
    ['FaWiersz/P_11', 'Wartość netto'],
    ['DaneIdentyfikacyjne/NIP', null],
  ])('calls %s %s', (field, name) => {
    expect(fieldName(field)).toBe(name);
  });
});

describe('points of an import', () => {
  it('are given only when it is done', () => {
    expect(pointsOf('DONE')).toBe('given');
    expect(['CHECKED', 'COMMITTING'].map(pointsOf)).toEqual(['promised', 'promised']);
    expect(['UPLOADED', 'CHECKING', 'FAILED', 'DISCARDED'].map(pointsOf)).toEqual(['none', 'none', 'none', 'none']);
  });
});

describe('upload', () => {
  it('guesses the format from the name', () => {
    expect(guessFormat('sprzedaz.CSV')).toBe('csv');
    expect(guessFormat('sprzedaz.csv.gz')).toBe('csv');
    expect(guessFormat('Eksport.XLSX')).toBe('xlsx');
    expect(guessFormat('faktura.xml')).toBe('ksef');
    expect(guessFormat('faktury.xml.gz')).toBe('ksef');
  });

  it('passes the server’s reason on', async () => {
    const body = { errors: [{ code: 'UNKNOWN_FORMAT', field: 'file', message: 'To nie jest plik XML.' }] };
    server.use(http.post('*/api/console/imports', () => HttpResponse.json(body, { status: 400 })));
    const upload = uploadImport({ file: new File(['x'], 'a.xml'), format: 'ksef' });
    await expect(upload).rejects.toMatchObject({ code: 'UNKNOWN_FORMAT', field: 'file', message: 'To nie jest plik XML.' });
  });
});
