import { preset } from '../../jest.preset.mjs';

// Whole processes are started, killed and started again, on machines that are busy with other things.
export default { ...preset, testTimeout: 60_000 };
