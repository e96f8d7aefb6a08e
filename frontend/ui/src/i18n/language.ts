import { i18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { Language } from '@ui/format/number';
import { isSignedIn, postJson, refreshSession } from '@ui/session/session';

export type LoadCatalog = (language: Language) => Promise<{ messages: Messages }[]>;

export function isLanguage(value: unknown): value is Language {
  return value === 'pl' || value === 'en';
}

/** What a visitor chose in this tab before signing in: it waits here to become the person's. */
const CHOSEN = 'kolektor.language';

/** What was chosen just before signing in, then the person's, then what the server wrote into the page, then Polish. */
export function chooseLanguage(person: { language: string } | null): Language {
  const chosen = sessionStorage.getItem(CHOSEN);
  if (person && isLanguage(chosen)) return chosen;
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
  if (!isSignedIn()) sessionStorage.setItem(CHOSEN, language);
  await postJson('/session/language', { language });
  if (isSignedIn()) sessionStorage.removeItem(CHOSEN);
}

/** Once somebody is signed in: what they chose before becomes theirs, at every host. */
export async function adoptLanguage(): Promise<void> {
  const chosen = sessionStorage.getItem(CHOSEN);
  if (!isLanguage(chosen)) return;
  try {
    // The token of before signing in is no longer good.
    if (!isSignedIn()) await refreshSession();
    if (isSignedIn()) await saveLanguage(chosen);
  } catch {
    // It stays for the next start.
  }
}

export function useLanguage(): Language {
  const { i18n: active } = useLingui();
  return isLanguage(active.locale) ? active.locale : 'pl';
}
