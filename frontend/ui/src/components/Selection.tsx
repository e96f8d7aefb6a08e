import { Button, Checkbox } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Selection } from './ResourceList';
import classes from './ResourceList.module.css';

export function SelectRow({ selection, id }: { selection: Selection; id: string }) {
  const { t } = useLingui();
  const { ids, all, onChange, rowName } = selection;
  const name = rowName(id);
  return (
    <Checkbox
      size="xs"
      aria-label={t`Choose: ${name}`}
      checked={all || ids.includes(id)}
      onChange={(event) => onChange({ ids: event.currentTarget.checked ? [...ids, id] : ids.filter((each) => each !== id), all: false })}
    />
  );
}

/** All rows that are shown; a click while everything is chosen chooses nothing. */
export function SelectShown({ selection, ids }: { selection: Selection; ids: readonly string[] }) {
  const { t } = useLingui();
  const { all, onChange } = selection;
  const every = all || (ids.length > 0 && ids.every((id) => selection.ids.includes(id)));
  return (
    <Checkbox
      size="xs"
      aria-label={t`Choose all rows that are shown`}
      checked={every}
      indeterminate={!every && selection.ids.length > 0}
      onChange={() => onChange({ ids: every ? [] : ids, all: false })}
    />
  );
}

export function SelectionBar({ selection, shown, total }: { selection: Selection; shown: number; total: number }) {
  const { ids, all, onChange, actions } = selection;
  const count = all ? total : ids.length;
  return (
    <div className={classes.selection} data-empty={count === 0}>
      {count > 0 ? (
        <>
          <span role="status">
            <Plural value={count} one="# chosen" other="# chosen" />
          </span>
          {!all && ids.length === shown && total > shown ? (
            <Button size="compact-xs" variant="default" onClick={() => onChange({ ids, all: true })}>
              <Trans>Choose all {total} that match</Trans>
            </Button>
          ) : null}
          {actions(count)}
          <Button size="compact-xs" variant="default" onClick={() => onChange({ ids: [], all: false })}>
            <Trans>Choose nothing</Trans>
          </Button>
        </>
      ) : null}
    </div>
  );
}
