import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { describe, expect, it, vi } from 'vitest';
import { router } from '@console/hq/router';
import { Around, SIGNED_IN } from '@ui/testing';
import { hostOf, slugOf } from './slug';

const user = userEvent.setup({ delay: null });

/** Headquarters at an address, as somebody with these roles. */
function open(address: string, roles: string[], readOnly = false) {
  const fresh = createRouter({ ...router.options, history: createMemoryHistory({ initialEntries: [address] }) });
  render(<Around session={{ ...SIGNED_IN, roles, readOnly, may: [] }}><RouterProvider router={fresh} /></Around>);
}

/** Operations that were asked for, with their variables. */
function asked(fetched: { mock: { calls: Parameters<typeof fetch>[] } }) {
  return fetched.mock.calls.flatMap(([, request]) =>
    typeof request?.body === 'string' ? [JSON.parse(request.body) as { operationName: string; variables: object }] : [],
  );
}

const rowOf = async (name: string) => {
  const rows = await screen.findAllByTestId('wholesaler-row');
  const row = rows.find((each) => each.textContent.includes(name));
  if (!row) throw new Error(`no row of ${name}`);
  return row;
};

async function fill(fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) await user.type(screen.getByLabelText(label), value);
}

describe('the address of a new wholesaler', () => {
  it('is made of its name', () => {
    expect(slugOf('Żółta Łódź Sp. z o.o.')).toBe('zolta-lodz-sp-z-o-o');
    expect(slugOf('  3M Polska ')).toBe('m-polska');
    expect(slugOf(`${'a'.repeat(39)} b`)).toBe('a'.repeat(39));
    expect(slugOf('')).toBe('');
  });

  it('is a host beside headquarters', () => {
    expect(hostOf('rury', 'hq.grupa.kolektor.localhost:8443')).toBe('rury.kolektor.localhost:8443');
    expect(hostOf('rury', 'hq.grupa.kolektor.example')).toBe('rury.kolektor.example');
  });
});

describe('the wholesalers of the network', () => {
  it('are listed with their state, and lead to those that answer', async () => {
    open('/network', ['director']);
    const live = within(await rowOf('Termopol'));
    expect(live.getByText('działa')).toBeInTheDocument();
    expect(live.getByRole('link', { name: 'Termopol Kraków' })).toHaveAttribute('href', 'http://termopol.kolektor.localhost');
    expect(live.getByText('Anna Zielińska')).toBeInTheDocument();
    expect(within(await rowOf('HydroPartner')).getByText('tylko do odczytu')).toBeInTheDocument();
    const closed = within(await rowOf('Rurex'));
    expect(closed.queryByRole('link')).not.toBeInTheDocument();
    expect(closed.queryByRole('button')).not.toBeInTheDocument();
    const [figures, wholesalers] = within(screen.getByRole('navigation')).getAllByRole('link');
    expect(figures).toHaveTextContent('Liczby');
    expect(wholesalers).toHaveAttribute('aria-current', 'page');
  });

  it('are for directors: nobody else is shown the way or asks the server', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    open('/network', ['analyst', 'buyer', 'finance']);
    expect(await screen.findByRole('heading', { name: 'Twoja rola nie otwiera tej strony' })).toBeInTheDocument();
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    expect(asked(fetched)).toEqual([]);
  });

  it('keep what was typed when a new one is refused, and say why at the field', async () => {
    open('/network', ['director']);
    await user.click(await screen.findByRole('button', { name: 'Nowa hurtownia' }));
    await fill({ 'Nazwa hurtowni': 'Termopol', 'NIP (opcjonalnie)': '6770065406', 'Imię i nazwisko pierwszego administratora': 'Jan Łata', 'E-mail pierwszego administratora': 'jan@termopol.example' });
    const slug = screen.getByLabelText('Adres');
    expect(slug).toHaveValue('termopol');
    expect(slug).toHaveAccessibleDescription(/termopol\./);
    await user.click(screen.getByRole('button', { name: 'Otwórz hurtownię' }));
    expect(await screen.findByText('Ten identyfikator jest już zajęty: termopol')).toBeInTheDocument();
    expect(slug).toBeInvalid();
    expect(screen.getByLabelText('Nazwa hurtowni')).toHaveValue('Termopol');
    expect(screen.getByLabelText('NIP (opcjonalnie)')).toHaveValue('6770065406');
    expect(screen.getByLabelText('Imię i nazwisko pierwszego administratora')).toHaveValue('Jan Łata');
    expect(screen.getByLabelText('E-mail pierwszego administratora')).toHaveValue('jan@termopol.example');
    // an address of one's own no longer follows the name
    await user.clear(slug);
    await user.type(slug, 'termo');
    await user.type(screen.getByLabelText('Nazwa hurtowni'), ' Zabrze');
    expect(slug).toHaveValue('termo');
    expect(slug).toBeValid();
  });

  it('say when a new one is live, and where its console is', { timeout: 12_000 }, async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    open('/network', ['director']);
    await user.click(await screen.findByRole('button', { name: 'Nowa hurtownia' }));
    await fill({ 'Nazwa hurtowni': 'Ciepło Świdnica', 'Imię i nazwisko pierwszego administratora': 'Ewa Ruda', 'E-mail pierwszego administratora': 'ewa@cieplo.example' });
    await user.click(screen.getByRole('button', { name: 'Otwórz hurtownię' }));
    const row = await waitFor(() => rowOf('Ciepło Świdnica'));
    expect(row).toHaveTextContent('powstaje');
    expect(screen.getByText('Powstaje: Ciepło Świdnica. Ta strona powie, gdy program ruszy.')).toBeInTheDocument();
    expect(asked(fetched).find((each) => each.operationName === 'OpenWholesaler')?.variables).toEqual({
      input: { name: 'Ciepło Świdnica', slug: 'cieplo-swidnica', nip: '', adminName: 'Ewa Ruda', adminEmail: 'ewa@cieplo.example' },
    });
    expect(await within(row).findByText('Kłopot: OperationalError, ponawiamy (próba 2)', {}, { timeout: 4000 })).toBeInTheDocument();
    const link = await screen.findByRole('link', { name: 'Otwórz konsolę' }, { timeout: 4000 });
    expect(link).toHaveAttribute('href', 'http://cieplo-swidnica.kolektor.localhost/console');
    expect(link.closest('[role="status"]')).toHaveTextContent('Ciepło Świdnica: program działa.');
    expect(link.closest('[role="status"]')).not.toHaveTextContent('Powstaje');
  });

  it('are suspended for a reason, then resumed or closed by typing their address', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    open('/network', ['director']);
    await user.click(await screen.findByRole('button', { name: 'Wstrzymaj: Instalko Poznań' }));
    const suspending = within(await screen.findByRole('dialog', { name: 'Wstrzymać: Instalko Poznań?' }));
    expect(suspending.getByText(/nikt nie może niczego zmienić/)).toBeInTheDocument();
    expect(suspending.getByRole('button', { name: 'Wstrzymaj' })).toBeDisabled();
    await user.type(suspending.getByRole('textbox', { name: 'Powód' }), 'zaległe faktury');
    await user.click(suspending.getByRole('button', { name: 'Wstrzymaj' }));
    expect(await screen.findByRole('button', { name: 'Wznów: Instalko Poznań' })).toBeInTheDocument();
    expect(asked(fetched).find((each) => each.operationName === 'SuspendWholesaler')?.variables).toEqual({ input: { id: 'w-instalko', reason: 'zaległe faktury' } });

    await user.click(screen.getByRole('button', { name: 'Zamknij: Instalko Poznań' }));
    const closing = within(await screen.findByRole('dialog', { name: 'Zamknąć: Instalko Poznań?' }));
    await user.type(closing.getByRole('textbox', { name: 'Powód' }), 'koniec umowy');
    expect(closing.getByRole('button', { name: 'Zamknij' })).toBeDisabled();
    const slug = closing.getByRole('textbox', { name: 'Wpisz „instalko”, aby potwierdzić' });
    await user.type(slug, 'termopol');
    await user.click(closing.getByRole('button', { name: 'Zamknij' }));
    expect(await closing.findByText('To nie jest adres tej hurtowni.')).toBeInTheDocument();
    expect(slug).toBeInvalid();
    await user.click(closing.getByRole('button', { name: 'Anuluj' }));

    await user.click(screen.getByRole('button', { name: 'Wznów: Instalko Poznań' }));
    const resuming = within(await screen.findByRole('dialog', { name: 'Wznowić: Instalko Poznań?' }));
    await user.click(resuming.getByRole('button', { name: 'Wznów' }));
    expect(await screen.findByRole('button', { name: 'Wstrzymaj: Instalko Poznań' })).toBeInTheDocument();
    expect(screen.getByText('Instalko Poznań: program znów działa.')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Otwórz konsolę' })).not.toBeInTheDocument();
  });
});

describe('the figures of headquarters', () => {
  it('are a workbook for those who may take them along, and nothing a buyer asks for', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    open('/', ['buyer']);
    expect(await screen.findByRole('table')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Eksportuj do XLSX' })).not.toBeInTheDocument();
    expect(asked(fetched).map((each) => each.operationName)).toEqual(['Overview']);
  });

  it('can be taken along by a buyer who is an analyst too', async () => {
    open('/', ['analyst', 'buyer'], true);
    expect(await screen.findByRole('button', { name: 'Eksportuj do XLSX' })).toBeInTheDocument();
    // a notice of a suspended program is not for headquarters
    expect(screen.queryByRole('note')).not.toBeInTheDocument();
  });
});
