import { useSyncExternalStore } from 'react';
import { Trans } from '@lingui/react/macro';
import { Icon } from './Icon';
import classes from './states.module.css';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

export function OfflineNotice() {
  const online = useOnline();
  return (
    <div role="status">
      {online ? null : (
        <div className={classes.offline}>
          <Icon name="offline" size={18} />
          <Trans>No connection. You see what was here last.</Trans>
        </div>
      )}
    </div>
  );
}
