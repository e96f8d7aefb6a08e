import { act, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { http, HttpResponse } from 'msw';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { Around } from '@ui/testing';
import { server } from '../../../mocks/testServer.ts';
import { noteReach } from './reach';
import { startSession } from './session';

const NOTICE = 'Brak połączenia. Widzisz ostatni znany stan.';

afterEach(() => act(() => noteReach(true)));

describe('the notice of a missing connection', () => {
  it('comes when a call does not get through, whatever the browser believes, and goes with the next answer', () => {
    render(<Around><OfflineNotice /></Around>);
    expect(screen.queryByText(NOTICE)).not.toBeInTheDocument();
    act(() => noteReach(false));
    expect(screen.getByText(NOTICE)).toBeInTheDocument();
    act(() => noteReach(true));
    expect(screen.queryByText(NOTICE)).not.toBeInTheDocument();
  });

  it('comes when the browser knows', () => {
    render(<Around><OfflineNotice /></Around>);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    act(() => void window.dispatchEvent(new Event('offline')));
    expect(screen.getByText(NOTICE)).toBeInTheDocument();
  });

  it('is there from a start without a network', async () => {
    await startSession({ offline: true });
    server.use(http.get('*/session', () => HttpResponse.error()));
    await startSession({ offline: true });
    render(<Around><OfflineNotice /></Around>);
    expect(screen.getByText(NOTICE)).toBeInTheDocument();
  });
});
