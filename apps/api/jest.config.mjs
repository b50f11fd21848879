import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  testMatch: [...preset.testMatch, '<rootDir>/test/**/*.spec.ts'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  testTimeout: 20_000,
  // Two cores: more workers only make PostgreSQL wait.
  maxWorkers: 2,
};
