import { Trans } from '@lingui/react/macro';
import { Outlet } from '@tanstack/react-router';
import { PersonMenu } from '@console/app/PersonMenu';
import { BrandMark } from '@ui/components/BrandMark';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { useSurroundings } from '@ui/session/SessionContext';
import classes from './Hq.module.css';

export function HqShell() {
  const { brand } = useSurroundings();
  return (
    <div className={classes.frame}>
      <a className="k-skip" href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.top}>
        <BrandMark brand={brand} size={24} />
        <PersonMenu />
      </header>
      <OfflineNotice />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
