import { act, renderHook, waitFor } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { server } from '../../../../mocks/testServer.ts';
import { usePlaceOrder } from './usePlaceOrder';

interface Input {
  idempotencyKey: string;
  faceValue: string;
}

type Answer = 'ok' | 'lost' | 'refused';

/** The server as far as the checkout sees it: what was asked, and how each call is answered in turn. */
function serve(...answers: Answer[]): Input[] {
  const asked: Input[] = [];
  server.use(
    http.post('*/graphql/member', async ({ request }) => {
      const { variables } = (await request.json()) as { variables: { input: Input } };
      asked.push(variables.input);
      await delay(20);
      const answer = answers[asked.length - 1] ?? 'ok';
      if (answer === 'lost') return HttpResponse.error();
      const refused = [{ code: 'INSUFFICIENT_POINTS', field: null, message: 'Brakuje 20 pkt.' }];
      const payload = answer === 'refused' ? { order: null, errors: refused } : { order: { id: 'o1', number: 'Z-1', state: 'PLACED' }, errors: [] };
      return HttpResponse.json({ data: { placeOrder: payload } });
    }),
  );
  return asked;
}

function mount(onPlaced: (order: { id: string }) => void = () => undefined) {
  return renderHook(() => usePlaceOrder('r1', onPlaced), { wrapper: ({ children }) => <Around>{children}</Around> });
}

describe('placing an order', () => {
  it('sends one order for a double tap', async () => {
    const asked = serve('ok', 'ok');
    const onPlaced = vi.fn();
    const { result } = mount(onPlaced);
    act(() => {
      result.current.place('50.00');
      result.current.place('50.00');
    });
    await waitFor(() => expect(onPlaced).toHaveBeenCalledTimes(1));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
    expect(sessionStorage).toHaveLength(0);
  });

  it('repeats a lost order under the same key and amount, whatever is asked', async () => {
    const asked = serve('lost', 'ok');
    const onPlaced = vi.fn();
    const { result } = mount(onPlaced);
    act(() => result.current.place('50.00'));
    await waitFor(() => expect(result.current.unsettled).not.toBeNull());
    act(() => result.current.place('200.00'));
    await waitFor(() => expect(onPlaced).toHaveBeenCalledTimes(1));
    expect(asked[1]).toEqual(asked[0]);
  });

  it('remembers a lost order over a reload', async () => {
    const asked = serve('lost', 'ok');
    const first = mount();
    act(() => first.result.current.place('50.00'));
    await waitFor(() => expect(first.result.current.unsettled).not.toBeNull());
    first.unmount();
    const second = mount();
    expect(second.result.current.unsettled?.faceValue).toBe('50.00');
    act(() => second.result.current.place('50.00'));
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]?.idempotencyKey).toBe(asked[0]?.idempotencyKey);
  });

  it('takes a new key after a refusal, which settles the old one', async () => {
    const asked = serve('refused', 'ok');
    const onPlaced = vi.fn();
    const { result } = mount(onPlaced);
    act(() => result.current.place('50.00'));
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'INSUFFICIENT_POINTS' }));
    expect(result.current.unsettled).toBeNull();
    act(() => result.current.place('20.00'));
    await waitFor(() => expect(onPlaced).toHaveBeenCalledTimes(1));
    expect(asked[1]?.idempotencyKey).not.toBe(asked[0]?.idempotencyKey);
  });
});
