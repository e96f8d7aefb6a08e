import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { loadCatalogs } from '@member/app/catalogs';
import { BrandMark } from '@ui/components/BrandMark';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { LanguageSwitch } from '@ui/components/LanguageSwitch';
import { usePageTitle } from '@ui/components/usePageTitle';
import { activateLanguage, saveLanguage, useLanguage } from '@ui/i18n/language';
import { hasStaffRole } from '@ui/session/roles';
import { signOut } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import { ApplicationForm } from './ApplicationForm';
import { Choice } from './Choice';
import { Claim } from './Claim';
import { registrationQuery, type Registration } from './joining';
import { useStep } from './useStep';
import classes from './Joining.module.css';

/** Signed in, but not a member of this wholesaler's program: the ways in, one screen each. */
export function JoiningPage() {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  const wanted = useStep();
  const registration = useQuery({ ...registrationQuery(useLanguage()), placeholderData: keepPreviousData });
  const standing = registration.data;
  const step = wanted === 'apply' && !mayApply(standing) ? 'choice' : wanted;
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  usePageTitle(t`Join the program`);

  // A screen reader and the eye follow to the next screen.
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    title.current?.focus();
  }, [step]);

  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <BrandMark brand={brand} />
        <LanguageSwitch
          onChange={(language) => void activateLanguage(language, loadCatalogs).then(() => saveLanguage(language)).catch(() => undefined)}
        />
      </header>
      <main className={classes.main}>
        {step === 'choice' ? null : (
          <a href="#choice" className={classes.back}>
            <Icon name="back" size={20} />
            <Trans>Back</Trans>
          </a>
        )}
        <h1 ref={title} tabIndex={-1} className={classes.title}>
          {step === 'choice' ? <Trans>Join the program of {brand.name}</Trans> : null}
          {step === 'claim' ? <Trans>I already collect points here</Trans> : null}
          {step === 'apply' ? <Trans>I want to join</Trans> : null}
        </h1>
        {step === 'choice' ? <Choice standing={standing} pending={registration.isPending} /> : null}
        {step === 'choice' && registration.isError && !standing ? (
          <ErrorState error={registration.error} onRetry={() => void registration.refetch()} />
        ) : null}
        {step === 'claim' ? <Claim onClaimed={() => window.location.assign('/')} /> : null}
        {step === 'apply' && standing ? <ApplicationForm standing={standing} /> : null}
      </main>
      <Elsewhere ways={step === 'choice'} />
    </div>
  );
}

function mayApply(standing: Registration | undefined): boolean {
  return standing !== undefined && standing.mode !== 'closed' && !standing.member && standing.application?.state !== 'waiting';
}

/** For who came here by mistake, or needs help. */
function Elsewhere({ ways }: { ways: boolean }) {
  const { brand, session } = useSurroundings();
  return (
    <footer className={classes.foot}>
      {ways ? (
        <div className={classes.ways}>
          {hasStaffRole(session.roles) ? (
            <Button component="a" href="/console">
              <Trans>Console</Trans>
            </Button>
          ) : null}
          <Button component="a" href={brand.idUrl} variant="default">
            <Trans>My programs</Trans>
          </Button>
          <Button variant="default" onClick={() => void signOut().then(() => window.location.assign('/'))}>
            <Trans>Sign in as somebody else</Trans>
          </Button>
        </div>
      ) : null}
      {brand.supportEmail ? (
        <p className={classes.help}>
          <Trans>Questions? Write to us:</Trans> <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
        </p>
      ) : null}
    </footer>
  );
}
