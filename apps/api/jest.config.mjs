import { nativePreset } from '../../jest.preset.mjs';

export default {
  ...nativePreset,
  testMatch: [...nativePreset.testMatch, '<rootDir>/test/**/*.spec.ts'],
  setupFiles: [...nativePreset.setupFiles, 'reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  // A slow machine is no failure: what is waited for ends the wait.
  testTimeout: 60_000,
};
