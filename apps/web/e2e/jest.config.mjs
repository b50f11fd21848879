import { nativePreset } from '../../../jest.preset.mjs';

export default {
  ...nativePreset,
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 120_000,
  globalSetup: '<rootDir>/global-setup.mjs',
  globalTeardown: '<rootDir>/global-teardown.mjs',
  // All files share a Trainyard, and each has a browser: one after the other on two cores.
  maxWorkers: 1,
};
