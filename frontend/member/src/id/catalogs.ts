import type { LoadCatalog } from '@ui/i18n/language';

export const loadCatalogs: LoadCatalog = (language) =>
  Promise.all(
    language === 'pl'
      ? [import('../../../ui/src/locales/pl.po'), import('./locales/pl.po')]
      : [import('../../../ui/src/locales/en.po'), import('./locales/en.po')],
  );
