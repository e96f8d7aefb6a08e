import type { ReactNode } from 'react';
import { BrandMark } from '@ui/components/BrandMark';
import { LanguageSwitch } from '@ui/components/LanguageSwitch';
import { OfflineNotice } from '@ui/components/OfflineNotice';
import type { Language } from '@ui/format/number';
import { activateLanguage, saveLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { loadCatalogs } from './catalogs';
import { withLanguage } from './next';
import classes from './Id.module.css';

async function changeLanguage(language: Language): Promise<void> {
  await activateLanguage(language, loadCatalogs);
  window.history.replaceState(null, '', withLanguage(window.location.href, language));
  await saveLanguage(language).catch(() => undefined);
}

export function IdFrame({ children, footer }: { children: ReactNode; footer?: ReactNode }) {
  const { brand } = useSurroundings();
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <BrandMark brand={brand} size={28} />
        <LanguageSwitch onChange={(language) => void changeLanguage(language)} />
      </header>
      <OfflineNotice />
      {children}
      <footer className={classes.footer}>{footer}</footer>
    </div>
  );
}
