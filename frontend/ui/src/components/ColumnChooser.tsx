import { Button, Checkbox, Popover } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Icon } from './Icon';
import type { HiddenColumns } from './ResourceList';
import classes from './ResourceList.module.css';

/** Which columns a list shows. */
export function ColumnChooser({ columns, hidden }: { columns: readonly { id: string; name: string }[]; hidden: HiddenColumns }) {
  const { t } = useLingui();
  const { ids, onChange } = hidden;
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<Icon name="list" size={14} />} className={classes.chooser ?? ''}>
          <Trans>Columns</Trans>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Columns`}>
        <div className={classes.choices}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.name}
              checked={!ids.includes(column.id)}
              onChange={(event) => onChange(event.currentTarget.checked ? ids.filter((id) => id !== column.id) : [...ids, column.id])}
            />
          ))}
          {ids.length > 0 ? (
            <Button size="compact-xs" variant="default" onClick={() => onChange([])}>
              <Trans>Show all</Trans>
            </Button>
          ) : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
