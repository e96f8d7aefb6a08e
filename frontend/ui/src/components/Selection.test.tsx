import { useState } from 'react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Around } from '@ui/testing';
import { ResourceList } from './ResourceList';

const ROWS = [
  { id: 'a', name: 'Zawór' },
  { id: 'b', name: 'Pompa' },
];
const COLUMNS = [
  { accessorKey: 'name', header: 'Nazwa' },
  { accessorKey: 'id', header: 'Kod' },
];
const SOURCE = { isPending: false, isError: false, error: null, refetch: () => undefined };

function List() {
  const [chosen, setChosen] = useState<{ ids: readonly string[]; all: boolean }>({ ids: [], all: false });
  const [hidden, setHidden] = useState<string[]>([]);
  return (
    <ResourceList
      label="Produkty"
      columns={COLUMNS}
      rows={ROWS}
      rowId={(row) => row.id}
      total={40}
      source={SOURCE}
      empty={null}
      hidden={{ ids: hidden, onChange: setHidden }}
      selection={{ ...chosen, onChange: setChosen, rowName: (id) => ROWS.find((row) => row.id === id)?.name ?? '', actions: (count) => <output>{count}</output> }}
    />
  );
}

describe('a list that can be chosen from', () => {
  it('counts what is chosen, then offers all that match', async () => {
    const user = userEvent.setup();
    render(<Around><List /></Around>);
    expect(screen.queryByText('1')).not.toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'Zaznacz: Pompa' }));
    expect(screen.getByText('1')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Zaznacz wszystkie pasujące: 40' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'Zaznacz wszystkie widoczne wiersze' }));
    await user.click(screen.getByRole('button', { name: 'Zaznacz wszystkie pasujące: 40' }));
    expect(screen.getByText('40')).toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: 'Zaznacz: Zawór' })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Odznacz' }));
    expect(screen.getByRole('checkbox', { name: 'Zaznacz: Zawór' })).not.toBeChecked();
  });

  it('hides a column but never the first', async () => {
    const user = userEvent.setup();
    render(<Around><List /></Around>);
    await user.click(screen.getByRole('button', { name: 'Kolumny' }));
    expect(screen.queryByRole('checkbox', { name: 'Nazwa' })).not.toBeInTheDocument();
    await user.click(await screen.findByRole('checkbox', { name: 'Kod' }));
    expect(screen.queryByRole('columnheader', { name: 'Kod' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Pokaż wszystkie' }));
    expect(screen.getByRole('columnheader', { name: 'Kod' })).toBeInTheDocument();
  });
});
