import { allTogetherMs, expectedMs, runsBefore, type PastRun, type PlannedRun } from './pace.ts';

const planned: PlannedRun = { datasetId: 'digits', batchSize: 64, hiddenUnits: [], epochs: 5, train: 1_000 };
const past = (overrides: Partial<PastRun> = {}): PastRun => ({
  datasetId: 'digits',
  batchSize: 64,
  hiddenUnits: [],
  samplesPerSecond: 1_000,
  otherMs: 2_000,
  ...overrides,
});

describe('expectedMs', () => {
  it.each<[string, PastRun[], number | null]>([
    ['nothing known', [], null],
    ['one like it: 5 epochs at a second each, and what is beside training', [past()], 7_000],
    ['the middle of three', [past({ samplesPerSecond: 500 }), past(), past({ samplesPerSecond: 100_000 })], 7_000],
    ['between the middle ones of two', [past({ otherMs: 0 }), past({ otherMs: 1_000 })], 5_500],
    ['the same dataset before others', [past({ datasetId: 'letters', samplesPerSecond: 1 }), past()], 7_000],
    ['others where it was never trained on', [past({ datasetId: 'letters' })], 7_000],
    ['batches half and twice as large', [past({ batchSize: 32, otherMs: 0 }), past({ batchSize: 128, otherMs: 2_000 })], 6_000],
    ['no batch of another size', [past({ batchSize: 31 }), past({ batchSize: 129 })], null],
    ['no other layers', [past({ hiddenUnits: [32] })], null],
    ['no run that says no speed', [past({ samplesPerSecond: 0 })], null],
    ['clocks that were put back', [past({ otherMs: -5_000 })], 5_000],
  ])('%s', (_, runs, ms) => {
    expect(expectedMs(planned, runs)).toBe(ms);
  });
});

it.each<[waiting: number, busy: number, slots: number, before: number | null]>([
  [0, 0, 0, null],
  [5, 0, 0, null],
  [0, 0, 1, 0],
  [0, 1, 1, 1],
  [1, 1, 1, 2],
  [0, 1, 2, 0],
  [0, 2, 2, 1],
  [3, 2, 2, 4],
])('%d waiting, %d going on in %d places: %p before it', (waiting, busy, slots, before) => {
  expect(runsBefore({ waiting, busy, slots })).toBe(before);
});

it.each<[number[], number, number]>([
  [[5], 1, 5],
  [[5, 5, 5], 1, 15],
  [[5, 5, 5], 2, 10],
  [[5, 5, 5], 9, 5],
  [[9, 1, 1, 1], 2, 9],
  [[5], 0, 5],
])('%j in %d places end after %d', (each, slots, ms) => {
  expect(allTogetherMs(each, slots)).toBe(ms);
});
