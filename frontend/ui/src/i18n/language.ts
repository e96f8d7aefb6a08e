import { i18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { Language } from '@ui/format/number';
import { postJson } from '@ui/session/session';

export type LoadCatalog = (language: Language) => Promise<{ messages: Messages }[]>;

export function isLanguage(value: unknown): value is Language {
  return value === 'pl' || value === 'en';
}

/** The person's choice, then what the server wrote into the page, then Polish. */
export function chooseLanguage(person: { language: string } | null): Language {
  if (isLanguage(person?.language)) return person.language;
  const written = document.documentElement.lang;
  return isLanguage(written) ? written : 'pl';
}

export async function activateLanguage(language: Language, load: LoadCatalog): Promise<void> {
  const catalogs = await load(language);
  const messages: Messages = Object.assign({}, ...catalogs.map((catalog) => catalog.messages)) as Messages;
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

export async function saveLanguage(language: Language): Promise<void> {
  await postJson('/session/language', { language });
}

export function useLanguage(): Language {
  const { i18n: active } = useLingui();
  return isLanguage(active.locale) ? active.locale : 'pl';
}
