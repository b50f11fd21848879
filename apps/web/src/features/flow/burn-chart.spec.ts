import { buildSprintReport } from '../../../test/build-sprint-report.ts';
import { burnChart } from './burn-chart.ts';

const WORDS = { scope: 'Scope', remaining: 'Remaining', done: 'Done', ideal: 'Ideal', reaimed: 'Aimed anew', change: 'Changed' };
const END = Date.parse('2026-11-07T12:00:00Z');
const layer = (chart: ReturnType<typeof burnChart>, key: string) => {
  const found = chart.layers.find((one) => one.key === key);
  if (!found || found.kind === 'AREA' || found.kind === 'BARS') throw new Error(`no line ${key}`);
  return found.kind === 'DOTS' ? found.dots : found.points;
};

describe('a burndown', () => {
  const chart = burnChart(buildSprintReport(), 'DOWN', END, WORDS);

  it('changes at the very instants of the log, and holds between them until now', () => {
    expect(layer(chart, 'remaining')).toEqual([
      { x: 0.375, y: 8 },
      { x: 1.5, y: 11 },
      { x: 2.25, y: 6 },
    ]);
    expect(chart.until).toBe(2.5);
  });
  it('marks each change of the scope on its line', () => expect(layer(chart, 'change')).toEqual([{ x: 1.5, y: 11 }]));
  it('has an ideal line that begins with the sprint and is level on free days', () => {
    const points = layer(chart, 'ideal');
    expect(points[0]).toEqual({ x: 0.375, y: 8 });
    expect(points.at(-1)).toEqual({ x: 5, y: 0 });
    const level = points.filter(({ x }) => x >= 2 && x <= 4).map(({ y }) => y);
    expect(new Set(level).size).toBe(1);
  });
  it('says of each day what was at its end, and nothing of days to come', () => {
    expect(chart.layers.find(({ key }) => key === 'remaining')?.values).toEqual([8, 11, 6, null, null]);
  });
});

describe('a burnup', () => {
  const chart = burnChart(buildSprintReport(), 'UP', END, WORDS);

  it('is the same the other way: done below the scope', () => {
    expect(layer(chart, 'done').map(({ y }) => y)).toEqual([0, 0, 5]);
    expect(layer(chart, 'scope').map(({ y }) => y)).toEqual([8, 11, 11]);
    expect(layer(chart, 'ideal').at(-1)).toEqual({ x: 5, y: 8 });
    expect(chart.layers.map(({ key }) => key)).not.toContain('reaimed');
  });
});

it('of a sprint in which no day is worked on there is no ideal line', () => {
  const { days } = buildSprintReport();
  const idle = buildSprintReport({ days: days.map((day) => ({ ...day, ideal: null, reaimed: null })), steps: [] });
  expect(burnChart(idle, 'DOWN', END, WORDS).layers.map(({ key }) => key)).toEqual(['scope', 'remaining']);
});

it('a sprint of one day, and one of which nothing is known yet, are drawn', () => {
  const { days, points } = buildSprintReport();
  const [day, ...rest] = days;
  expect(rest.length).toBeGreaterThan(0);
  const short = burnChart(
    buildSprintReport({ days: day ? [day] : [], points: points.slice(0, 1), steps: [] }),
    'DOWN',
    Date.parse('2026-11-05T17:00:00Z'),
    WORDS,
  );
  expect(short.until).toBeCloseTo(17 / 24, 10);
  expect(burnChart(buildSprintReport({ days: [], points: [], steps: [] }), 'DOWN', END, WORDS)).toMatchObject({ until: 0 });
});
