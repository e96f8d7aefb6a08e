import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { Timeline } from './Timeline';
import { timelineRows } from './timelineRows';

const event = (at: string, code: string, actor: string | null = null) => ({ at: `2026-11-20T15:${at}Z`, code, text: code, actor });
const EVENTS = [
  event('09:00', 'REVEALED'),
  event('02:00', 'PLACED', 'Marek Wójcik'),
  event('05:00', 'REVEALED'),
  event('07:00', 'REVEALED'),
  event('11:00', 'EXPIRED'),
  event('12:00', 'REVEALED'),
];

describe('timeline', () => {
  it('makes one row of what repeats, with its last time, and only of that', () => {
    const rows = timelineRows(EVENTS).map(({ at, code, count }) => [at.slice(14, 19), code, count]);
    expect(rows).toEqual([['02:00', 'PLACED', 1], ['09:00', 'REVEALED', 3], ['11:00', 'EXPIRED', 1], ['12:00', 'REVEALED', 1]]);
  });

  it('keeps apart what different people did', () => {
    expect(timelineRows([event('01:00', 'NOTE', 'Anna'), event('02:00', 'NOTE', 'Ewa')])).toHaveLength(2);
  });

  it('says how often and when last', () => {
    render(<Around><Timeline events={EVENTS} label="Przebieg" /></Around>);
    const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
    expect(rows[0]).toBe('PLACED20.11.2026, 16:02 · Marek Wójcik');
    expect(rows[1]).toBe('REVEALED3 razy, ostatnio 20.11.2026, 16:09');
  });
});
