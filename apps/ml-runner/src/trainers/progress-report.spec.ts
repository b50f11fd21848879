import type { TrainingMessage } from '../job/child-job.ts';
import { ProgressReport } from './progress-report.ts';

const place = (step: number) => ({ step, totalSteps: 1_000, trainingEpoch: 1, totalEpochs: 2 });

function reportAt(from = 0) {
  const sent: TrainingMessage[] = [];
  let now = 5_000;
  const report = new ProgressReport(
    (message) => sent.push(message),
    place(from),
    60_000,
    () => now,
  );
  return { report, sent, pass: (ms: number) => (now += ms) };
}

it('sends the first step at once and then at most ten times a second, losing no point', () => {
  const { report, sent, pass } = reportAt();
  report.beginTraining({ samples: 0, ms: 0 });
  for (let step = 1; step <= 1_000; step++) {
    pass(1);
    report.point('LOSS', step, 1 / step);
    report.at(place(step), { samples: step * 32, ms: step }, 0.1);
  }
  report.flush();
  const metrics = sent.flatMap((m) => (m.type === 'METRICS' ? [m.batches] : []));
  expect(metrics[0]).toContainEqual({ series: 'LOSS', steps: [1], values: [1] });
  expect(metrics).toHaveLength(11);
  expect(
    metrics
      .flat()
      .filter((b) => b.series === 'LOSS')
      .flatMap((b) => b.steps),
  ).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
  for (const { series, steps } of metrics.flat()) if (series !== 'LOSS') expect(steps).toHaveLength(1);
});

it('tells the speed, the time passed over all attempts and the time left', () => {
  const { report, sent, pass } = reportAt();
  pass(1_000);
  report.beginTraining({ samples: 0, ms: 0 });
  for (let step = 1; step <= 250; step++) {
    pass(10);
    report.at(place(step), { samples: step * 64, ms: step * 10 }, 0.1);
  }
  report.flush();
  const last = sent.at(-1)!;
  expect(last).toMatchObject({ type: 'PROGRESS', progress: { phase: 'TRAINING', step: 250, elapsedMs: 63_500, remainingMs: 7_500 } });
  expect(last.type === 'PROGRESS' && last.progress.samplesPerSecond).toBeCloseTo(6_400, 6);
});

it('judges the time left of a resumed run by its own steps, and says nothing before the first', () => {
  const { report, sent, pass } = reportAt(600);
  report.beginTraining({ samples: 0, ms: 0 });
  expect(sent.at(-1)).toMatchObject({ progress: { remainingMs: null } });
  pass(1_000);
  report.at(place(700), { samples: 100, ms: 1_000 }, 0.1);
  expect(sent.at(-1)).toMatchObject({ progress: { step: 700, remainingMs: 3_000 } });
});

it('takes for the speed only the time of training steps, and tells it of the shortest run when it ends', () => {
  const { report, sent, pass } = reportAt();
  report.beginTraining({ samples: 0, ms: 0 });
  pass(1);
  report.at(place(1), { samples: 64, ms: 0.5 }, 0.1);
  // Validation: time that passes without a step.
  pass(50);
  report.at(place(2), { samples: 128, ms: 20 }, 0.1);
  report.endTraining({ samples: 128, ms: 20 });
  const speeds = sent.flatMap((m) => (m.type === 'METRICS' ? m.batches : [])).filter((b) => b.series === 'SAMPLES_PER_SECOND');
  expect(speeds).toEqual([{ series: 'SAMPLES_PER_SECOND', steps: [2], values: [6_400] }]);
  expect(sent.at(-1)).toMatchObject({ type: 'PROGRESS', progress: { phase: 'EVALUATING', samplesPerSecond: 6_400 } });
});

it('lets numbers that JSON has not travel as words', () => {
  const { report, sent } = reportAt();
  for (const [i, value] of [Number.NaN, Infinity, -Infinity, 0.5].entries()) report.point('LOSS', i, value);
  report.flush();
  expect(sent[0]).toEqual({ type: 'METRICS', batches: [{ series: 'LOSS', steps: [0, 1, 2, 3], values: ['NaN', 'Infinity', '-Infinity', 0.5] }] });
});
