import { preset } from '../../jest.preset.mjs';

export default {
  ...preset,
  testEnvironment: 'jsdom',
  setupFiles: [...preset.setupFiles, '<rootDir>/test/browser-gaps.ts'],
  moduleNameMapper: { '\\.css$': 'identity-obj-proxy' },
};
