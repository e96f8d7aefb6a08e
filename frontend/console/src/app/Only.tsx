import { createContext, use, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { useSurroundings } from '@ui/session/SessionContext';
import page from './page.module.css';

/** Whether this person may use an operation of the console. The server decides again, whatever is shown here. */
export function useMay(): (operation: string) => boolean {
  const { session } = useSurroundings();
  return (operation) => session.may.includes(operation);
}

/** Shown to those who may. */
export function Only({ may, children, otherwise = null }: { may: string; children: ReactNode; otherwise?: ReactNode }) {
  return useMay()(may) ? children : otherwise;
}

const LockedContext = createContext(false);

/** A form that those who may not still read: its fields and buttons are off, and it says so. */
export function Locked({ may, children }: { may: string; children: ReactNode }) {
  const allowed = useMay()(may);
  const within = use(LockedContext);
  if (allowed || within) return children;
  return (
    <LockedContext value>
      <p className={page.notice} role="note">
        <Trans>You can read this, not change it.</Trans>
      </p>
      <fieldset disabled style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        {children}
      </fieldset>
    </LockedContext>
  );
}
