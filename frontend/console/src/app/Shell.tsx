import { useEffect, useRef } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { BrandMark } from '@ui/components/BrandMark';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { ReadOnlyNotice } from '@ui/components/ReadOnlyNotice';
import { useSurroundings } from '@ui/session/SessionContext';
import { Commands } from './Commands';
import { Jobs } from './Jobs';
import { NotYours } from './NotYours';
import { useMay } from './Only';
import { pageAt, PAGES } from './pages';
import { PersonMenu } from './PersonMenu';
import classes from './Shell.module.css';

export function Shell() {
  const { i18n, t } = useLingui();
  const { brand } = useSurroundings();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const may = useMay();
  const main = useRef<HTMLElement>(null);
  const needs = pageAt(path)?.needs;
  const closed = needs !== undefined && path !== '/' && !may(needs);
  const shown = useRef(path);

  // A screen reader follows the page, not the link that was pressed. A page that begins with a field has it there already.
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (main.current?.querySelector('[data-autofocus]:focus')) return;
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
          {PAGES.filter(({ needs }) => may(needs)).map(({ to, name }) => (
            <Link key={to} to={to} className={classes.link} activeOptions={{ exact: to === '/' }}>
              {i18n._(name)}
            </Link>
          ))}
        </nav>
        <Jobs className={classes.jobs} />
        <div className={classes.person}>
          <PersonMenu />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <OfflineNotice />
        <ReadOnlyNotice />
        {closed ? <NotYours /> : <Outlet />}
      </main>
    </div>
  );
}
