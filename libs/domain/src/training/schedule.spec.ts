import { learningRateAt } from './schedule.ts';
import { SCHEDULES } from './spec.ts';

const at = (schedule: (typeof SCHEDULES)[number], step: number, warmupSteps = 0) => learningRateAt({ learningRate: 0.1, schedule, warmupSteps }, step, 100);

describe('learningRateAt', () => {
  it.each([
    ['CONSTANT', 0, 0.1],
    ['CONSTANT', 99, 0.1],
    ['LINEAR', 0, 0.1],
    ['LINEAR', 50, 0.05],
    ['LINEAR', 99, 0.001],
    ['COSINE', 0, 0.1],
    ['COSINE', 50, 0.05],
    ['COSINE', 25, 0.0853553],
    ['STEP', 33, 0.1],
    ['STEP', 34, 0.01],
    ['STEP', 67, 0.001],
  ] as const)('%s at step %i of 100 is %f', (schedule, step, expected) => {
    expect(at(schedule, step)).toBeCloseTo(expected, 6);
  });

  it('rises linearly while warming up and then follows the schedule', () => {
    expect(at('CONSTANT', 0, 10)).toBeCloseTo(0.01);
    expect(at('CONSTANT', 9, 10)).toBeCloseTo(0.1);
    expect(at('LINEAR', 50, 10)).toBeCloseTo(0.05);
  });

  it('is above 0 at every step of every schedule', () => {
    for (const schedule of SCHEDULES) for (let step = 0; step < 100; step++) expect(at(schedule, step, 5)).toBeGreaterThan(0);
  });
});
