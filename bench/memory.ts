import { residentMiB } from './machine.ts';
import { atMost, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

/** Resident memory of the api after the benches before this one. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const { supervisor } = await stage.trainyard();
  const of = (name: string): number => residentMiB(supervisor.pid(name) ?? 0);
  return [
    atMost('memory of the api after the load', 'MiB', 250, of('api'), 'resident'),
    atMost('  of the worker', 'MiB', null, of('worker'), 'resident'),
    atMost('  of the runner without its training child', 'MiB', null, of('runner'), 'resident'),
  ];
}
