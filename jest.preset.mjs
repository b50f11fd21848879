import { join } from 'node:path';

/** What every project's Jest shares: TypeScript by SWC, ES modules as they are. */
const decorators = { legacyDecorator: true, decoratorMetadata: true };
export const swcTransform = {
  '^.+\\.(t|j|mj)sx?$': [
    '@swc/jest',
    {
      // Only what is written here: a project's .swcrc is for its build.
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
  setupFiles: [join(import.meta.dirname, 'jest.setup.mjs')],
};
