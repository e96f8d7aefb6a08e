import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import lingui from 'eslint-plugin-lingui';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'ui/src/graphql/env.*.d.ts'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // An arrow that starts something and returns nothing reads better on one line.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', 400],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where a thing is.' },
      ],
    },
  },
  {
    files: ['{ui,member,console}/src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.strict],
  },
  {
    files: ['{ui,member,console}/src/**/*.tsx'],
    ignores: ['**/*.test.tsx', 'ui/src/testing.tsx'],
    plugins: { lingui },
    rules: {
      'lingui/no-unlocalized-strings': [
        'error',
        {
          ignore: ['^(?![A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż])\\S*$', '^[^a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻ]*$', '^\\(.*\\)$', '^0 0', '^(ease|linear)'],
          ignoreNames: [
            { regex: { pattern: '^(.*[cC]lassName|styles?|path|to|role|type|data|key|color|size|variant|autoComplete|queryKey|accept|viewBox)$' } },
            { regex: { pattern: '^(aria-(labelledby|describedby|haspopup|current|hidden)|data-.*)$' } },
            'displayName', 'TITLE', 'width', 'height', 'd', 'points', 'mt', 'mb', 'mx', 'testid', 'background',
          ],
          ignoreFunctions: ['Error', 'useSearch', 'useParams', 'graphql', 'lazyRouteComponent', 'import', '*.addEventListener', '*.querySelector', '*.join', '*.load', 'useMediaQuery', '*.getElementById', 'createRoute'],
        },
      ],
      'lingui/t-call-in-function': 'error',
      'lingui/no-expression-in-message': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}', 'mocks/**', '*.ts', '**/vite.config.ts', 'scripts/**'],
    languageOptions: { globals: globals.node },
  },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
