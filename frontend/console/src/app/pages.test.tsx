import { render, screen, within } from '@testing-library/react';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { describe, expect, it, vi } from 'vitest';
import { Around, SIGNED_IN } from '@ui/testing';
import { firstPage, pageAt } from './pages';
import { router } from './router';

const CLERK = ['enrollAtCounter', 'counterEntries', 'program', 'viewer'];
const REPRESENTATIVE = ['inviteToProgram', 'programInvitations', 'recruiterCredits', 'recruitingTimeline', 'program', 'viewer'];

/** The console's routes at an address, without a history of other tests. */
function open(address: string, may: string[], readOnly = false) {
  const fresh = createRouter({ ...router.options, context: { may }, history: createMemoryHistory({ initialEntries: [address] }) });
  render(<Around session={{ ...SIGNED_IN, may, roles: ['clerk'], readOnly }}><RouterProvider router={fresh} /></Around>);
  return fresh;
}

/** Names of the operations that were asked for. */
function asked(fetched: { mock: { calls: Parameters<typeof fetch>[] } }): string[] {
  return fetched.mock.calls.flatMap(([, request]) => (typeof request?.body === 'string' ? [(JSON.parse(request.body) as { operationName: string }).operationName] : []));
}

describe('the first page', () => {
  it('is the first that one may use', () => {
    expect(firstPage(['cockpit', 'members'])).toBe('/');
    expect(firstPage(CLERK)).toBe('/counter');
    expect(firstPage(REPRESENTATIVE)).toBe('/recruiting');
    expect(firstPage([])).toBe('/');
  });

  it('knows which page an address belongs to', () => {
    expect(pageAt('/members/m1')?.needs).toBe('members');
    expect(pageAt('/')?.needs).toBe('cockpit');
    expect(pageAt('/membership')).toBeUndefined();
  });

  it('is the counter for a clerk, who is shown and asks for nothing else', async () => {
    sessionStorage.setItem('k-exports', JSON.stringify(['e1']));
    const fetched = vi.spyOn(globalThis, 'fetch');
    const fresh = open('/console', CLERK);
    expect(await screen.findByLabelText('E-mail albo telefon klienta')).toHaveFocus();
    expect(fresh.state.location.pathname).toBe('/counter');
    const links = within(screen.getByRole('navigation')).getAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['Lada']);
    await screen.findAllByTestId('counter-entry');
    expect(asked(fetched)).toEqual(['CounterEntries']);
  });

  it('says so where a page is typed that the role does not open, and does not ask the server', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    open('/console/members/m1', CLERK);
    expect(await screen.findByRole('heading', { name: 'Twoja rola nie otwiera tej strony' })).toBeInTheDocument();
    expect(asked(fetched)).toEqual([]);
  });
});

describe('a suspended program', () => {
  const NOTICE = 'Ten program jest wstrzymany: wszystko można obejrzeć, nic nie można zmienić.';

  it('is said to be so on every page', async () => {
    open('/console/members/m1', CLERK, true);
    expect(await screen.findByText(NOTICE)).toBeInTheDocument();
  });

  it('is the only one that says it', async () => {
    open('/console/members/m1', CLERK);
    expect(await screen.findByRole('heading', { name: 'Twoja rola nie otwiera tej strony' })).toBeInTheDocument();
    expect(screen.queryByText(NOTICE)).not.toBeInTheDocument();
  });
});
