import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import { execFileSync } from 'node:child_process';
import tseslint from 'typescript-eslint';

// Without a project graph the import fences are silently skipped: make sure there is one, and a fresh one.
process.env.NX_DAEMON = 'false';
execFileSync(process.execPath, ['node_modules/nx/dist/bin/nx.js', 'show', 'projects'], { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'] });

const TESTS = ['**/*.spec.ts', '**/*.spec.tsx', '**/test/**', 'apps/web/e2e/**'];
const TEST_PACKAGES = ['fast-check', '@jest/*', '@testing-library/*'];

/** A server's packages have no place in a screen, nor a screen's in a server. */
const SERVER = ['@nestjs/*', 'typeorm', 'pg', 'bullmq', 'fastify', '@fastify/*', 'mercurius', 'pino', 'prom-client'];
const SCREEN = ['react', 'react-dom', '@mantine/*', '@apollo/*', '@tanstack/*', '@tabler/*'];
const TENSORS = ['@tensorflow/*', 'webgpu'];

const FENCES = [
  { sourceTag: 'domain', onlyDependOnLibsWithTags: ['domain'], allowedExternalImports: ['fractional-indexing', ...TEST_PACKAGES] },
  {
    sourceTag: 'ui',
    onlyDependOnLibsWithTags: ['ui'],
    allowedExternalImports: ['react', 'react/*', 'react-dom', '@mantine/*', '@tabler/icons-react', 'uplot', 'uplot/*', ...TEST_PACKAGES],
  },
  { sourceTag: 'api', onlyDependOnLibsWithTags: ['api', 'domain'], bannedExternalImports: [...SCREEN, ...TENSORS] },
  { sourceTag: 'web', onlyDependOnLibsWithTags: ['web', 'domain', 'ui'], bannedExternalImports: [...SERVER, ...TENSORS] },
  { sourceTag: 'runner', onlyDependOnLibsWithTags: ['runner', 'domain'], bannedExternalImports: ['@nestjs/*', 'typeorm', ...SCREEN] },
  { sourceTag: 'infra', onlyDependOnLibsWithTags: ['infra', 'domain'], bannedExternalImports: ['@nestjs/*', 'typeorm', ...SCREEN, ...TENSORS] },
  { sourceTag: 'bench', onlyDependOnLibsWithTags: ['bench', 'infra', 'domain', 'runner'] },
  { sourceTag: 'e2e', onlyDependOnLibsWithTags: ['e2e', 'infra', 'domain'] },
];

const boundaries = (allow) => ['error', { allow, banTransitiveDependencies: false, enforceBuildableLibDependency: false, depConstraints: FENCES }];

const restrict = (...groups) => ['error', { patterns: groups }];
const NO_FORWARD_REF = {
  selector: "CallExpression[callee.name='forwardRef']",
  message: 'A circular dependency: turn one direction into an event, or move what both need.',
};
const NO_PAUSE = {
  selector: "AwaitExpression > NewExpression[callee.name='Promise'] > ArrowFunctionExpression > CallExpression[callee.name='setTimeout']",
  message: 'A test waits for the condition, never for a time.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/dist.*/**',
      '**/*.generated.ts',
      '**/coverage/**',
      'test-results/**',
      'bench-results/**',
      '.nx/**',
      '.trainyard/**',
      '**/.*scratch*',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        globalThis: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/no-empty-object-type': 'off',
      'no-restricted-syntax': ['error', NO_FORWARD_REF],
      'no-control-regex': 'off',
      // `== null` means null or undefined.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
    },
  },
  {
    // Nest reads parameter types at run time: an import that looks type-only is not.
    files: ['apps/api/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/web/**/*.tsx', 'apps/web/**/*.ts', 'libs/ui/**/*.tsx', 'libs/ui/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Pure rules run in every process and in the browser.
    files: ['libs/domain/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-imports': restrict({
        group: ['node:*', 'fs', 'path', 'crypto', 'os'],
        message: 'libs/domain runs in the browser too: no Node built-ins.',
      }),
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'fetch'],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'A rule is given `now` and chance by its caller.',
        },
      ],
    },
  },
  {
    files: ['apps/web/src/**/*.ts', 'apps/web/src/**/*.tsx', 'libs/ui/src/**/*.ts', 'libs/ui/src/**/*.tsx'],
    ignores: TESTS,
    rules: { 'no-restricted-imports': restrict({ group: ['node:*'], message: 'This runs in the browser.' }) },
  },
  {
    // Tests and benches may start what production runs, through the same code as npm start.
    files: [...TESTS, 'bench/**'],
    rules: { '@nx/enforce-module-boundaries': boundaries(['^([.][.]/)+infra/', '^([.][.]/)+apps/ml-runner/src/']) },
  },
  { files: TESTS, rules: { 'no-restricted-syntax': ['error', NO_FORWARD_REF, NO_PAUSE] } },
  {
    files: ['apps/web/boot.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', location: 'readonly', matchMedia: 'readonly', navigator: 'readonly' } },
  },
  { files: ['**/*.mjs'], rules: { '@nx/enforce-module-boundaries': 'off' } },
);
