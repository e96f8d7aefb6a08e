import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet } from '@tanstack/react-router';
import { PersonMenu } from '@console/app/PersonMenu';
import { BrandMark } from '@ui/components/BrandMark';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { useSurroundings } from '@ui/session/SessionContext';
import { isDirector } from './roles';
import classes from './Hq.module.css';

export function HqShell() {
  const { t } = useLingui();
  const { brand, session } = useSurroundings();
  return (
    <div className={classes.frame}>
      <a className="k-skip" href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.top}>
        <BrandMark brand={brand} size={24} />
        {isDirector(session.roles) ? (
          <nav className={classes.nav} aria-label={t`Main`}>
            <Link to="/" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
              <Trans>Figures</Trans>
            </Link>
            <Link to="/network" className={classes.tab}>
              <Trans>Wholesalers</Trans>
            </Link>
          </nav>
        ) : null}
        <PersonMenu />
      </header>
      <OfflineNotice />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
