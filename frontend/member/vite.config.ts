import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { alias, plugins } from '../vite.shared.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const BASE = '/static/member/';

// Two programs, built one after the other (`--mode id` is the sign-on): they live on hosts of their own, so that no browser
// could share a file between them, and each comes in few files.
export default defineConfig(({ mode }) => ({
  root: path('.'),
  base: BASE,
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias },
  plugins: [
    plugins(),
    mode !== 'id' && VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      // Django serves the manifest of each wholesaler, and this worker as /sw.js.
      manifest: false,
      injectRegister: false,
      injectManifest: {
        globPatterns: ['assets/**/*.{js,css}'],
        globIgnores: ['**/*.map'],
        modifyURLPrefix: { '': BASE },
      },
    }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: mode !== 'id',
    manifest: mode === 'id' ? '.vite/manifest-id.json' : true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [path(mode === 'id' ? 'id.html' : 'index.html')],
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
}));
