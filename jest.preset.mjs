import { join } from 'node:path';

/** What every project's Jest shares: TypeScript by SWC, ES modules as they are. */
const decorators = { legacyDecorator: true, decoratorMetadata: true };
export const swcTransform = {
  '^.+\\.(t|j|mj)sx?$': [
    '@swc/jest',
    {
      swcrc: false,
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', tsx: true, decorators: true },
        transform: { ...decorators, react: { runtime: 'automatic' } },
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

/** @type {import('jest').Config} */
export const preset = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: swcTransform,
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.spec.tsx'],
  transformIgnorePatterns: ['/node_modules/'],
  // One where npm test has several projects go on at once, else all cores.
  maxWorkers: Number(process.env.TRAINYARD_TEST_WORKERS) || '100%',
  // The modules of a spec file are kept as long as its worker lives: a worker that grew too large is replaced between two files.
  workerIdleMemoryLimit: '1GB',
  // Set by .ci/run, to a folder with nothing in it.
  ...(process.env.TRAINYARD_JEST_CACHE ? { cacheDirectory: process.env.TRAINYARD_JEST_CACHE } : {}),
  setupFiles: [join(import.meta.dirname, 'jest.setup.mjs')],
};

/**
 * For a project whose specs run in Node itself, which reads TypeScript by itself, instead of a context of Jest's.
 * @type {import('jest').Config}
 */
export const nativePreset = {
  ...preset,
  runtime: join(import.meta.dirname, 'infra/test/native-runtime.ts'),
  testEnvironment: join(import.meta.dirname, 'infra/test/native-environment.ts'),
  transform: {},
};

/**
 * For screens: nativePreset with the globals of a browser.
 * @type {import('jest').Config}
 */
export const browserPreset = { ...nativePreset, testEnvironment: join(import.meta.dirname, 'infra/test/browser-environment.ts') };
