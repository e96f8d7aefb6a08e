import { defineConfig } from '@lingui/conf';

const catalog = (app: string) => ({
  path: `<rootDir>/${app}/src/locales/{locale}`,
  include: [`<rootDir>/${app}/src`],
  exclude: ['**/*.test.*', '**/*.d.ts'],
});

export default defineConfig({
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['pl', 'en'],
  catalogs: [catalog('ui'), catalog('member'), catalog('console')],
  orderBy: 'message',
});
