import { fileURLToPath } from 'node:url';
import babel from '@rolldown/plugin-babel';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import type { PluginOption } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const configPath = path('lingui.config.ts');

export const alias: Record<string, string> = {
  '@ui': path('ui/src'),
  '@member': path('member/src'),
  '@console': path('console/src'),
  // Only its types are used: see there.
  'gql.tada': path('ui/src/graphql/tada.ts'),
};

export function plugins(): PluginOption[] {
  return [
    react(),
    babel({ presets: [linguiTransformerBabelPreset({}, { configPath })] }),
    lingui({ configPath, failOnMissing: true }),
  ];
}
