import type { RunParameters } from './spec.ts';

/**
 * Learning rate of one optimiser step, as `SCHEDULES` defines it: the schedule's value at t = step / totalSteps, times a linear rise
 * over the first `warmupSteps`.
 * @param step from 0
 * @param totalSteps steps of the whole run, at least one
 */
export function learningRateAt(parameters: Pick<RunParameters, 'learningRate' | 'schedule' | 'warmupSteps'>, step: number, totalSteps: number): number {
  const { learningRate, schedule, warmupSteps } = parameters;
  const rise = step < warmupSteps ? (step + 1) / warmupSteps : 1;
  return learningRate * rise * factor(schedule, step / totalSteps);
}

function factor(schedule: RunParameters['schedule'], t: number): number {
  switch (schedule) {
    case 'CONSTANT':
      return 1;
    case 'LINEAR':
      return 1 - t;
    case 'COSINE':
      return (1 + Math.cos(Math.PI * t)) / 2;
    case 'STEP':
      return 0.1 ** Math.floor(3 * t);
  }
}
