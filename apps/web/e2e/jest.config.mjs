import { preset } from '../../../jest.preset.mjs';

export default {
  ...preset,
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 120_000,
  // Each file starts a whole Trainyard and a browser: one after the other on two cores.
  maxWorkers: 1,
};
