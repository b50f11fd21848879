import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  testMatch: [...preset.testMatch, '<rootDir>/test/**/*.spec.ts'],
  runtime: '<rootDir>/../../infra/test/native-runtime.ts',
  testEnvironment: '<rootDir>/../../infra/test/native-environment.ts',
  // The runtime reads TypeScript by itself.
  transform: {},
  setupFiles: [...preset.setupFiles, 'reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  // A slow machine is no failure: what is waited for ends the wait.
  testTimeout: 60_000,
};
