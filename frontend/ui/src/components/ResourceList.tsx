import type { ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { ColumnChooser } from './ColumnChooser';
import { ErrorState } from './ErrorState';
import { SelectionBar, SelectRow, SelectShown } from './Selection';
import classes from './ResourceList.module.css';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the names must match the library's
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Figures stand at the end, so that their places align. */
    align?: 'end';
    /** Left out on a phone. */
    narrow?: 'hide';
  }
}

/** What an infinite query gives, reduced to what a list needs. */
export interface ListSource {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
  refetch: () => unknown;
}

/** Which columns are not shown, and how that changes. */
export interface HiddenColumns {
  ids: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Which rows are chosen for something to be done with them all: some by hand, or every one that the list matches. */
export interface Selection {
  ids: readonly string[];
  all: boolean;
  onChange: (next: { ids: readonly string[]; all: boolean }) => void;
  /** What can be done, shown while anything is chosen. `count` is how many that are. */
  actions: (count: number) => ReactNode;
  /** What a screen reader calls the row's box. */
  rowName: (id: string) => string;
}

interface ResourceListProps<Row> {
  label: string;
  // Accessors of one table differ in type; the library's own signature is this wide.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  columns: ColumnDef<Row, any>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  total?: number | undefined;
  source: ListSource;
  toolbar?: ReactNode;
  /** With it, all columns but the first can be hidden. */
  hidden?: HiddenColumns;
  selection?: Selection;
  empty: ReactNode;
}

const PENDING_ROWS = 6;

/** A list of the console: toolbar, table, the count, more on demand; outline, empty and error states included. */
export function ResourceList<Row>({ label, columns, rows, rowId, total, source, toolbar, hidden, selection, empty }: ResourceListProps<Row>) {
  // eslint-disable-next-line react-hooks/incompatible-library -- the table instance stays inside this component
  const table = useReactTable({ data: rows as Row[], columns, getRowId: rowId, getCoreRowModel: getCoreRowModel(), state: { columnVisibility: Object.fromEntries((hidden?.ids ?? []).map((id) => [id, false])) } });
  const failed = source.isError && rows.length === 0;
  const nothing = !source.isPending && !failed && rows.length === 0;
  return (
    <section aria-label={label} aria-busy={source.isPending}>
      <div className={classes.head}>
        {toolbar}
        {hidden ? <ColumnChooser columns={table.getAllLeafColumns().slice(1).map((each) => ({ id: each.id, name: headerText(each.columnDef.header) }))} hidden={hidden} /> : null}
        <span className={classes.count} role="status">
          {total === undefined ? null : <Plural value={total} one="# item" other="# items" />}
        </span>
      </div>
      {selection && rows.length > 0 ? <SelectionBar selection={selection} shown={rows.length} total={total ?? rows.length} /> : null}
      {failed ? <ErrorState error={source.error} onRetry={() => void source.refetch()} /> : null}
      {nothing ? empty : null}
      {failed || nothing ? null : (
        // A region that scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
          <table className={classes.table}>
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {selection ? (
                    <th scope="col" className={classes.box}>
                      <SelectShown selection={selection} ids={rows.map(rowId)} />
                    </th>
                  ) : null}
                  {group.headers.map((header) => (
                    <th key={header.id} scope="col" data-align={header.column.columnDef.meta?.align} data-narrow={header.column.columnDef.meta?.narrow}>
                      {flexRender(header.column.columnDef.header, header.getContext())}
                    </th>
                  ))}
                </tr>
              ))}
            </thead>
            <tbody>
              {source.isPending ? <PendingRows columns={table.getVisibleLeafColumns().length + (selection ? 1 : 0)} /> : null}
              {table.getRowModel().rows.map((row) => (
                <tr key={row.id}>
                  {selection ? (
                    <td className={classes.box}>
                      <SelectRow selection={selection} id={row.id} />
                    </td>
                  ) : null}
                  {row.getVisibleCells().map((cell) => (
                    <td key={cell.id} data-align={cell.column.columnDef.meta?.align} data-narrow={cell.column.columnDef.meta?.narrow}>
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {source.hasNextPage ? (
        <Button className={classes.more} variant="default" loading={source.isFetchingNextPage ?? false} onClick={() => void source.fetchNextPage?.()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </section>
  );
}

function headerText(header: unknown): string {
  return typeof header === 'string' ? header : '';
}

function PendingRows({ columns }: { columns: number }) {
  return Array.from({ length: PENDING_ROWS }, (_, row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (__, column) => (
        <td key={column}>
          <Skeleton height={12} width={column === 0 ? '70%' : '50%'} />
        </td>
      ))}
    </tr>
  ));
}
