import { ProgressReport } from './progress-report.ts';
import type { TrainingMessage } from './training-job.ts';

const place = (step: number) => ({ step, totalSteps: 1_000, trainingEpoch: 1, totalEpochs: 2 });

function reportAt() {
  const sent: TrainingMessage[] = [];
  let now = 5_000;
  const report = new ProgressReport((message) => sent.push(message), place(0), 60_000, () => now);
  return { report, sent, pass: (ms: number) => (now += ms) };
}

it('sends the first step at once and then at most ten times a second, losing no point', () => {
  const { report, sent, pass } = reportAt();
  report.beginTraining();
  for (let step = 1; step <= 1_000; step++) {
    pass(1);
    report.point('LOSS', step, 1 / step);
    report.at(place(step), step * 32, 0.1);
  }
  report.flush();
  const metrics = sent.flatMap((m) => (m.type === 'METRICS' ? [m.batches] : []));
  expect(metrics[0]).toContainEqual({ series: 'LOSS', steps: [1], values: [1] });
  expect(metrics).toHaveLength(11);
  expect(metrics.flat().filter((b) => b.series === 'LOSS').flatMap((b) => b.steps)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
  for (const { series, steps } of metrics.flat()) if (series !== 'LOSS') expect(steps).toHaveLength(1);
});

it('tells the speed, the time passed over all attempts and the time left', () => {
  const { report, sent, pass } = reportAt();
  pass(1_000);
  report.beginTraining();
  for (let step = 1; step <= 250; step++) {
    pass(10);
    report.at(place(step), step * 64, 0.1);
  }
  report.flush();
  const last = sent.at(-1)!;
  expect(last).toMatchObject({ type: 'PROGRESS', progress: { phase: 'TRAINING', step: 250, elapsedMs: 63_500, remainingMs: 7_500 } });
  expect(last.type === 'PROGRESS' && last.progress.samplesPerSecond).toBeCloseTo(6_400, 6);
});

it('leaves validation out of the speed', () => {
  const { report, sent, pass } = reportAt();
  report.beginTraining();
  report.at(place(1), 64, 0.1);
  report.interrupt();
  pass(5_000);
  report.at(place(2), 128, 0.1);
  pass(10);
  report.at(place(3), 192, 0.1);
  report.flush();
  const last = sent.at(-1)!;
  expect(last.type === 'PROGRESS' && last.progress.samplesPerSecond).toBeCloseTo(6_400, 6);
});

it('lets numbers that JSON has not travel as words', () => {
  const { report, sent } = reportAt();
  for (const [i, value] of [Number.NaN, Infinity, -Infinity, 0.5].entries()) report.point('LOSS', i, value);
  report.flush();
  expect(sent[0]).toEqual({ type: 'METRICS', batches: [{ series: 'LOSS', steps: [0, 1, 2, 3], values: ['NaN', 'Infinity', '-Infinity', 0.5] }] });
});
