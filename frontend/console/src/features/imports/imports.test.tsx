import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { server } from '../../../../mocks/testServer.ts';
import { ProblemTable } from './ProblemTable';
import { guessFormat, isMapping, uploadImport } from './upload';

describe('problem table', () => {
  it('says where, what and why, and tells errors from notices', async () => {
    render(<Around><ProblemTable batchId="b-checked" batchState="CHECKED" count={5} /></Around>);
    const row = (await screen.findByText('FV/2026/11/00512')).closest('tr') as HTMLElement;
    const cells = within(row).getAllByRole('cell').map((cell) => cell.textContent);
    expect(cells).toEqual(['Błąd', 'FV/2026/11/00512', '3', 'P_8B', 'dwa', 'Ilość „dwa” nie jest liczbą. Podaj ilość cyframi, na przykład 2.wiersz 3 · P_8B · dwaNOT_A_NUMBER']);
    expect(screen.getByText('5 pozycji')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('radio', { name: 'Uwagi' }));
    expect(screen.queryByText('FV/2026/11/00512')).not.toBeInTheDocument();
    expect(screen.getByText('FV/2026/11/00521')).toBeInTheDocument();
    expect(screen.getByText('2 pozycje')).toBeInTheDocument();
  });

  it('offers another try when the list does not load', async () => {
    server.use(http.post('*/graphql/console', () => HttpResponse.error()));
    render(<Around><ProblemTable batchId="b-checked" batchState="CHECKED" count={5} /></Around>);
    expect(await screen.findByRole('button', { name: 'Spróbuj ponownie' })).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('Brak połączenia');
  });
});

describe('upload', () => {
  it('guesses the format from the name', () => {
    expect(guessFormat('sprzedaz.CSV')).toBe('csv');
    expect(guessFormat('sprzedaz.csv.gz')).toBe('csv');
    expect(guessFormat('faktura.xml')).toBe('ksef');
    expect(guessFormat('faktury.xml.gz')).toBe('ksef');
  });

  it('takes a JSON object or nothing as a mapping', () => {
    expect(isMapping('')).toBe(true);
    expect(isMapping('{"columns": {"nip": "NIP nabywcy"}}')).toBe(true);
    expect(isMapping('[1]')).toBe(false);
    expect(isMapping('{"columns"')).toBe(false);
  });

  it('passes the server’s reason on', async () => {
    const body = { errors: [{ code: 'UNKNOWN_FORMAT', field: 'file', message: 'To nie jest plik XML.' }] };
    server.use(http.post('*/api/console/imports', () => HttpResponse.json(body, { status: 400 })));
    const upload = uploadImport({ file: new File(['x'], 'a.xml'), format: 'ksef', mapping: '' });
    await expect(upload).rejects.toMatchObject({ code: 'UNKNOWN_FORMAT', field: 'file', message: 'To nie jest plik XML.' });
  });
});
