import { nativePreset } from '../jest.preset.mjs';

export default { ...nativePreset, testMatch: ['<rootDir>/**/*.spec.ts'], testTimeout: 60_000 };
