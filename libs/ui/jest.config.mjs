import { browserPreset } from '../../jest.preset.mjs';

export default {
  ...browserPreset,
  setupFiles: [...browserPreset.setupFiles, '<rootDir>/test/browser-gaps.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
};
