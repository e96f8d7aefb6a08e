import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Around } from '@ui/testing';
import { CommandPalette, type CommandGroup } from './CommandPalette';
import { fold } from './fold';

function group(id: string, ...labels: string[]): CommandGroup {
  return { id, label: id, commands: labels.map((label) => ({ id: `${id} ${label}`, label, icon: 'check', run: vi.fn() })) };
}

const PAGES = group('Strony', 'Zamówienia', 'Żółwie', 'Nowa reguła');

function show(found: readonly CommandGroup[] = [], onSearch = vi.fn<(text: string) => void>()) {
  render(
    <Around>
      <CommandPalette groups={[PAGES]} found={found} pending={false} failed={false} onSearch={onSearch} placeholder="Szukaj" />
    </Around>,
  );
  return onSearch;
}

const options = () => screen.queryAllByRole('option').map((each) => each.textContent);

describe('what is typed', () => {
  it.each([['Żółw', 'zolw'], ['ŁÓDŹ', 'lodz'], ['Grünes', 'grunes']])('%s is looked for as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('the command palette', () => {
  it('opens by keys, finds without marks and in any order of words, and runs what is chosen', async () => {
    const user = userEvent.setup();
    show();
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox');
    expect(options()).toEqual(['Zamówienia', 'Żółwie', 'Nowa reguła']);
    await user.type(field, 'zolw');
    expect(options()).toEqual(['Żółwie']);
    await user.clear(field);
    await user.type(field, 'reg now');
    await user.keyboard('{Enter}');
    expect(PAGES.commands[2]?.run).toHaveBeenCalledOnce();
    expect(PAGES.commands[0]?.run).not.toHaveBeenCalled();
  });

  it('asks the server for two letters and more, and shows what it found first', async () => {
    const user = userEvent.setup();
    const onSearch = show([group('Uczestnicy', 'Jan Zamość')]);
    await user.click(screen.getByRole('button', { name: /Szukaj/ }));
    const field = await screen.findByRole('combobox');
    await user.type(field, 'z');
    expect(options()).toEqual(['Zamówienia', 'Żółwie']);
    await user.type(field, 'am');
    expect(options()).toEqual(['Jan Zamość', 'Zamówienia']);
    await vi.waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('zam'));
    expect(onSearch).not.toHaveBeenCalledWith('z');
  });

  it('says when there is nothing', async () => {
    const user = userEvent.setup();
    show();
    await user.click(screen.getByRole('button', { name: /Szukaj/ }));
    await user.type(await screen.findByRole('combobox'), 'nic takiego');
    await vi.waitFor(() => expect(screen.getByText('Niczego nie znaleziono')).toBeInTheDocument());
  });
});
