import { defineConfig } from '@lingui/conf';

const catalog = (source: string, ...others: string[]) => ({
  path: `<rootDir>/${source}/locales/{locale}`,
  include: [`<rootDir>/${source}`],
  exclude: ['**/*.test.*', '**/*.d.ts', ...others],
});

export default defineConfig({
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['pl', 'en'],
  // The pages of the `id.` host have texts of their own: a member's phone does not load them.
  catalogs: [catalog('ui/src'), catalog('member/src', '**/member/src/id/**'), catalog('member/src/id'), catalog('console/src')],
  orderBy: 'message',
});
