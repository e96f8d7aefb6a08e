import { Trans } from '@lingui/react/macro';
import { useOnline } from '@ui/session/reach';
import { Icon } from './Icon';
import classes from './states.module.css';

export function OfflineNotice() {
  const online = useOnline();
  return (
    <div role="status">
      {online ? null : (
        <div className={classes.notice}>
          <Icon name="offline" size={18} />
          <Trans>No connection. You see what was here last.</Trans>
        </div>
      )}
    </div>
  );
}
