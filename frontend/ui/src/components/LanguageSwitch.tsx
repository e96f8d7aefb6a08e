import { useLingui } from '@lingui/react/macro';
import { useLanguage } from '@ui/i18n/language';
import type { Language } from '@ui/format/number';
import classes from './Preferences.module.css';

// Languages are named in themselves: who looks for one may not read the other.
// eslint-disable-next-line lingui/no-unlocalized-strings -- see above
const NAMES: Record<Language, string> = { pl: 'Polski', en: 'English' };

export function LanguageSwitch({ onChange }: { onChange: (language: Language) => void }) {
  const { t } = useLingui();
  const active = useLanguage();
  return (
    <div role="group" aria-label={t`Language`} className={classes.group}>
      {(Object.keys(NAMES) as Language[]).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={classes.choice}
          aria-pressed={language === active}
          onClick={() => onChange(language)}
        >
          {NAMES[language]}
        </button>
      ))}
    </div>
  );
}
