import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { InboxLink } from '@member/features/messages/InboxLink';
import { BrandMark } from '@ui/components/BrandMark';
import { Icon, type IconName } from '@ui/components/Icon';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import { ReadOnlyNotice } from '@ui/components/ReadOnlyNotice';
import { useSurroundings } from '@ui/session/SessionContext';
import classes from './Shell.module.css';

const ProfileSheet = lazy(() => import('@member/features/profile/ProfileSheet').then((m) => ({ default: m.ProfileSheet })));

type TabPath = '/' | '/history' | '/shop' | '/wallet';

export function Shell() {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  const [profile, setProfile] = useState<'never' | 'open' | 'closed'>('never');

  // A screen reader follows the page, not the link that was pressed.
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);

  const tabs: [TabPath, IconName, string][] = [
    ['/', 'home', t`Home`],
    ['/history', 'history', t`History`],
    ['/shop', 'shop', t`Shop`],
    ['/wallet', 'wallet', t`Wallet`],
  ];

  return (
    <>
      <a className="k-skip" href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand}>
            <BrandMark brand={brand} />
          </Link>
          <nav className={classes.tabs} aria-label={t`Main`}>
            {tabs.map(([to, icon, name]) => (
              <Link key={to} to={to} className={classes.tab} activeOptions={{ exact: to === '/', includeSearch: false }}>
                <Icon name={icon} />
                <span>{name}</span>
              </Link>
            ))}
          </nav>
          <div className={classes.tools}>
            <InboxLink className={classes.profile} />
            <UnstyledButton className={classes.profile} aria-label={t`Your account`} aria-haspopup="dialog" onClick={() => setProfile('open')}>
              <Icon name="person" />
            </UnstyledButton>
          </div>
        </div>
      </header>
      <OfflineNotice />
      <ReadOnlyNotice />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      {profile === 'never' ? null : (
        <Suspense>
          <ProfileSheet opened={profile === 'open'} onClose={() => setProfile('closed')} />
        </Suspense>
      )}
    </>
  );
}
