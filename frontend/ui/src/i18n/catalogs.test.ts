import { readFileSync } from 'node:fs';
import { plural } from '@lingui/core/macro';
import { describe, expect, it } from 'vitest';

const apps = ['ui/src', 'member/src', 'member/src/id', 'console/src'];
const catalog = (app: string, language: string) => readFileSync(`${app}/locales/${language}.po`, 'utf8');

/** Pairs of msgid and msgstr, the header and what is obsolete left out. */
function entries(po: string): [string, string][] {
  const text = (block: string) => [...block.matchAll(/^(?:msg\w+ )?"(.*)"$/gm)].map((match) => match[1]).join('');
  return [...po.matchAll(/^msgid (?:".*"\n)+^msgstr (?:".*"(?:\n|$))+/gm)].map((match) => {
    const [id = '', translation = ''] = match[0].split(/^msgstr /m);
    return [text(id), text(`msgstr ${translation}`)] as [string, string];
  }).filter(([id]) => id !== '');
}

describe('catalogs', () => {
  it.each(apps)('%s: Polish is complete and has four plural forms', (app) => {
    const list = entries(catalog(app, 'pl'));
    expect(list.length).toBeGreaterThan(20);
    for (const [id, translation] of list) {
      expect(translation, id).not.toBe('');
      if (id.includes(', plural,')) for (const form of ['one', 'few', 'many', 'other']) expect(translation, id).toContain(`${form} {`);
    }
  });

  it.each(apps)('%s: a translation keeps the placeholders', (app) => {
    const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].sort();
    for (const [id, translation] of entries(catalog(app, 'pl'))) expect(names(translation), id).toEqual(names(id));
  });

  it.each(apps)('%s: English is complete', (app) => {
    for (const [id, translation] of entries(catalog(app, 'en'))) expect(translation, id).not.toBe('');
  });

  it.each([
    [1, 'Importuj 1 dokument'],
    [2, 'Importuj 2 dokumenty'],
    [5, 'Importuj 5 dokumentów'],
    [12, 'Importuj 12 dokumentów'],
    [22, 'Importuj 22 dokumenty'],
    [122, 'Importuj 122 dokumenty'],
    [112, 'Importuj 112 dokumentów'],
  ])('declines %i in Polish', (count, text) => {
    const of = { count };
    expect(plural(of.count, { one: 'Import # document', other: 'Import # documents' })).toBe(text);
  });
});
