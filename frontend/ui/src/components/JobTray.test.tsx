import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { JobTray, type Job } from './JobTray';

const job = (more: Partial<Job>): Job => ({ id: 'a', name: 'a.csv', title: 'a.csv', detail: 'Odczyt', state: 'running', progress: 0.36, ...more });

describe('job tray', () => {
  it('is not there while there is no work', () => {
    const { container } = render(<Around><JobTray jobs={[]} /></Around>);
    expect(container.querySelector('section')).toBeNull();
  });

  it('shows how far the work is, and stops it', async () => {
    const stop = vi.fn();
    render(<Around><JobTray jobs={[job({ onStop: stop })]} /></Around>);
    expect(screen.getByRole('progressbar', { name: 'a.csv' })).toHaveAttribute('aria-valuenow', '36');
    await userEvent.click(screen.getByRole('button', { name: 'Zatrzymaj: a.csv' }));
    expect(stop).toHaveBeenCalledOnce();
  });

  it('claims no figure while there is none', () => {
    render(<Around><JobTray jobs={[job({ progress: null })]} /></Around>);
    expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
  });

  it('keeps what has ended until it is hidden, and starts it again', async () => {
    const hide = vi.fn();
    const retry = vi.fn();
    render(<Around><JobTray jobs={[job({ state: 'failed', detail: 'Nieudany', onDismiss: hide, onRetry: retry })]} /></Around>);
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Wznów: a.csv' }));
    await userEvent.click(screen.getByRole('button', { name: 'Ukryj: a.csv' }));
    expect([retry, hide].map((each) => each.mock.calls.length)).toEqual([1, 1]);
  });
});
