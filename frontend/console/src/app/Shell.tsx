import { useEffect, useRef } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { BrandMark } from '@ui/components/BrandMark';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { useSurroundings } from '@ui/session/SessionContext';
import { Commands } from './Commands';
import { Jobs } from './Jobs';
import { PersonMenu } from './PersonMenu';
import classes from './Shell.module.css';

export function Shell() {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  // A screen reader follows the page, not the link that was pressed.
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);

  return (
    <div className={classes.frame}>
      <a className="k-skip" href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.side}>
        <div className={classes.brand}>
          <BrandMark brand={brand} size={24} />
        </div>
        <div className={classes.find}>
          <Commands />
        </div>
        <nav className={classes.nav} aria-label={t`Main`}>
          <Link to="/" className={classes.link} activeOptions={{ exact: true }}>
            <Trans>Today</Trans>
          </Link>
          <Link to="/imports" className={classes.link}>
            <Trans>Imports</Trans>
          </Link>
          <Link to="/members" className={classes.link}>
            <Trans>Members</Trans>
          </Link>
          <Link to="/products" className={classes.link}>
            <Trans>Products</Trans>
          </Link>
          <Link to="/matching" className={classes.link}>
            <Trans>To match</Trans>
          </Link>
          <Link to="/rules" className={classes.link}>
            <Trans>Rules</Trans>
          </Link>
          <Link to="/rewards" className={classes.link}>
            <Trans>Rewards</Trans>
          </Link>
          <Link to="/orders" className={classes.link}>
            <Trans>Orders</Trans>
          </Link>
          <Link to="/partners" className={classes.link}>
            <Trans>Partners</Trans>
          </Link>
          <Link to="/messages" className={classes.link}>
            <Trans>Messages</Trans>
          </Link>
          <Link to="/branding" className={classes.link}>
            <Trans>Branding</Trans>
          </Link>
          <Link to="/settings" className={classes.link}>
            <Trans>Settings</Trans>
          </Link>
        </nav>
        <Jobs className={classes.jobs} />
        <div className={classes.person}>
          <PersonMenu />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <OfflineNotice />
        <Outlet />
      </main>
    </div>
  );
}
