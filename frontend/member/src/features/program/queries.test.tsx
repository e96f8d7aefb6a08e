import { renderHook, waitFor } from '@testing-library/react';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { useCurrent } from './queries';

const KEY = ['balance'];

it('shows nothing instead of what an order has made wrong', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: false } } });
  client.setQueryData(KEY, 'before');
  const answers = ['after', null];
  const seen: (string | undefined)[] = [];
  const mount = () =>
    renderHook(
      () => {
        const query = useQuery({
          queryKey: KEY,
          queryFn: () => {
            const answer = answers.shift();
            return answer ? Promise.resolve(answer) : Promise.reject(new Error('no network'));
          },
        });
        seen.push(useCurrent(query, KEY));
      },
      { wrapper: ({ children }) => <Around client={client}>{children}</Around> },
    );

  mount().unmount();
  expect(seen).toEqual(['before']);

  await client.invalidateQueries({ queryKey: KEY });
  seen.length = 0;
  const second = mount();
  await waitFor(() => expect(seen.at(-1)).toBe('after'));
  expect(seen).not.toContain('before');
  second.unmount();

  await client.invalidateQueries({ queryKey: KEY });
  seen.length = 0;
  mount();
  expect(seen).toEqual([undefined]);
  await waitFor(() => expect(seen.at(-1)).toBe('after'));
});
