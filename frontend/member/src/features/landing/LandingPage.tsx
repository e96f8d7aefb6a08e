import { Trans, useLingui } from '@lingui/react/macro';
import { loadCatalogs } from '@member/app/catalogs';
import { BrandMark } from '@ui/components/BrandMark';
import { LanguageSwitch } from '@ui/components/LanguageSwitch';
import { usePageTitle } from '@ui/components/usePageTitle';
import { activateLanguage, saveLanguage } from '@ui/i18n/language';
import { currentPath, loginUrl } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import classes from './Landing.module.css';

/** What a person sees who is not signed in: whose program this is, how it works, one button. */
export function LandingPage({ sessionEnded }: { sessionEnded: boolean }) {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  usePageTitle(t`Loyalty program`);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <BrandMark brand={brand} />
        <LanguageSwitch
          onChange={(language) => void activateLanguage(language, loadCatalogs).then(() => saveLanguage(language)).catch(() => undefined)}
        />
      </header>
      <main className={classes.main}>
        <div className={classes.hero}>
        <h1>
          <Trans>Points for every invoice</Trans>
        </h1>
        <p className={classes.lead}>
          {sessionEnded ? (
            <Trans>Your session has ended. Sign in again and you will be back where you were.</Trans>
          ) : (
            <Trans>
              Buy at {brand.name} as usual: every invoice adds points by itself, and you swap them for vouchers whose code you get at once.
            </Trans>
          )}
        </p>
        <a className={classes.button} href={loginUrl(currentPath())}>
          <Trans>Sign in or join</Trans>
        </a>
        {sessionEnded ? null : (
          <p className={classes.quiet}>
            <Trans>New here? Type your e-mail: the code opens your account.</Trans>
          </p>
        )}
        </div>
      <ol className={classes.steps}>
        <li>
          <strong>
            <Trans>Buy as usual</Trans>
          </strong>
          <Trans>No card to show: your tax number on the invoice is enough.</Trans>
        </li>
        <li>
          <strong>
            <Trans>See why</Trans>
          </strong>
          <Trans>Each line of an invoice tells which rule gave how many points.</Trans>
        </li>
        <li>
          <strong>
            <Trans>Spend in seconds</Trans>
          </strong>
          <Trans>Choose a voucher, confirm, and the code is in your wallet.</Trans>
        </li>
      </ol>
      </main>
    </div>
  );
}
