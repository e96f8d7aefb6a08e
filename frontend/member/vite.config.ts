import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { alias, plugins } from '../vite.shared.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const BASE = '/static/member/';

export default defineConfig({
  root: path('.'),
  base: BASE,
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias },
  plugins: [
    plugins(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      // Django serves the manifest of each wholesaler, and this worker as /sw.js.
      manifest: false,
      injectRegister: false,
      injectManifest: {
        globPatterns: ['assets/**/*.{js,css}'],
        globIgnores: ['assets/id-*', '**/*.map'],
        modifyURLPrefix: { '': BASE },
      },
    }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: path('index.html'), id: path('id.html') } },
  },
});
