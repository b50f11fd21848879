import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  testEnvironment: 'jsdom',
  setupFiles: [...preset.setupFiles, '<rootDir>/test/browser-gaps.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
  testTimeout: 30_000,
  moduleNameMapper: { '\\.css$': 'identity-obj-proxy' },
};
