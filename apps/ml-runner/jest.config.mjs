import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  // Tensors are plain typed arrays, and in a context of its own each access to them goes through Jest: training took three times as long.
  runtime: '<rootDir>/../../infra/test/native-runtime.ts',
  testEnvironment: '<rootDir>/../../infra/test/native-environment.ts',
  // The runtime reads TypeScript by itself.
  transform: {},
  // Whole processes are started, killed and started again, and nets are trained, on machines that are busy with other things.
  testTimeout: 120_000,
};
