import { nativePreset } from '../../jest.preset.mjs';

export default {
  // Tensors are plain typed arrays, and in a context of Jest's each access to them goes through Jest: training took three times as long.
  ...nativePreset,
  // Whole processes are started, killed and started again, and nets are trained, on machines that are busy with other things.
  testTimeout: 120_000,
};
