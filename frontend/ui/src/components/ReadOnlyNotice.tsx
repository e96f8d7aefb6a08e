import { Trans } from '@lingui/react/macro';
import { useSurroundings } from '@ui/session/SessionContext';
import { Icon } from './Icon';
import classes from './states.module.css';

/** On every page of a wholesaler that headquarters suspended. */
export function ReadOnlyNotice() {
  const { session } = useSurroundings();
  if (!session.readOnly) return null;
  return (
    <div role="note" className={classes.notice}>
      <Icon name="eye" size={18} />
      <Trans>This program is suspended: everything can be read, nothing changed.</Trans>
    </div>
  );
}
