import { render, screen, waitFor } from '@testing-library/react';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { Around, SIGNED_IN } from '@ui/testing';
import { server } from '../../../mocks/testServer.ts';
import { router } from './router';

it('a suspended program says so, and opening a message is no error although it cannot be marked as read', async () => {
  let refused = 0;
  server.use(
    http.post('*/graphql/member', async ({ request }) => {
      const { operationName } = (await request.clone().json()) as { operationName: string };
      if (operationName !== 'ReadMessage') return undefined;
      refused += 1;
      const message = 'Ten program jest wstrzymany.';
      return HttpResponse.json({ data: { readMessage: { message: null, errors: [{ code: 'READ_ONLY', field: null, message }] } } });
    }),
  );
  const fresh = createRouter({ ...router.options, history: createMemoryHistory({ initialEntries: ['/messages/m2'] }) });
  render(<Around session={{ ...SIGNED_IN, readOnly: true }}><RouterProvider router={fresh} /></Around>);
  expect(await screen.findByText('Ten program jest wstrzymany: wszystko można obejrzeć, nic nie można zmienić.')).toBeInTheDocument();
  expect(await screen.findByRole('heading', { name: 'Voucher Karta paliwowa jest w portfelu' })).toBeInTheDocument();
  await waitFor(() => expect(refused).toBe(1));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(screen.queryByText('Ten program jest wstrzymany.')).not.toBeInTheDocument();
});
