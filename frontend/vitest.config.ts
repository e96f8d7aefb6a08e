import { defineConfig } from 'vitest/config';
import { alias, plugins } from './vite.shared.ts';

export default defineConfig({
  resolve: { alias },
  plugins: [plugins()],
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://termopol.kolektor.localhost/' } },
    globals: true,
    include: ['{ui,member,console}/src/**/*.test.{ts,tsx}'],
    setupFiles: ['./vitest.setup.ts'],
    css: false,
    restoreMocks: true,
  },
});
