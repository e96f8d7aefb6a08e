import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alias, plugins } from '../vite.shared.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('.'),
  base: '/static/console/',
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias },
  plugins: [plugins()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: path('index.html'), hq: path('hq.html') } },
  },
});
