import { DATASET_LIMITS, SYNTHETIC_LIMITS } from './dataset.ts';

it('says again what is checked before anything is decoded, and how much may be made', () => {
  expect(DATASET_LIMITS).toMatchObject({
    fileBytes: 1_073_741_824,
    decodedBytes: 2_147_483_648,
    samples: 5_000_000,
    minSamples: 2,
    columns: 2_000,
    classes: 1_000,
  });
  expect(SYNTHETIC_LIMITS).toEqual({ samples: { min: 2, max: 1_000_000 }, seed: { min: 0, max: 4_294_967_295 } });
});
