import { randomUUID } from 'node:crypto';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { Wakeups } from '../log/wakeups.ts';
import { row, rows } from '../sql/database.ts';
import { Housekeeping } from './housekeeping.ts';
import { JobWorker } from './job-worker.ts';
import { Jobs, type JobDefinition, type JobTry } from './jobs.ts';

let trainyard: TestTrainyard;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => trainyard.stop());

/** A worker process of one job. */
function worker(name: string, definition: JobDefinition<{ n: number }>, cron?: string): { jobs: Jobs; worker: JobWorker; start: () => void } {
  const jobs = new Jobs(trainyard.app.get(Wakeups));
  jobs.define(name, definition);
  if (cron !== undefined) jobs.every(cron, name);
  const one = new JobWorker(trainyard.database, trainyard.app.get(Wakeups), jobs, trainyard.config);
  return {
    jobs,
    worker: one,
    start: () => {
      one.onApplicationBootstrap();
      stops.push(() => one.beforeApplicationShutdown());
    },
  };
}
const enqueue = (jobs: Jobs, name: string, key: string, n = 1): Promise<void> => trainyard.database.transaction((tx) => jobs.enqueue(tx, name, { n }, key));
const waiting = async (name: string): Promise<number> =>
  (await row<{ count: number }>(trainyard.database.direct, 'SELECT count(*)::int AS count FROM job_outbox WHERE name = $1', [name]))?.count ?? -1;
const queued = (name: string): Promise<{ id: string }[]> => rows(trainyard.database.direct, 'SELECT id FROM bullmq.job WHERE queue = $1', [name]);
const newName = (): string => `test.${randomUUID().slice(0, 8)}`;

/** Collects what ran, and says when so many did. */
function heard<T>(): { all: T[]; note: (one: T) => void; until: (count: number) => Promise<void> } {
  const all: T[] = [];
  let look = (): void => undefined;
  return {
    all,
    note: (one) => {
      all.push(one);
      look();
    },
    until: (count) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (all.length >= count) resolve();
        };
        look();
      }),
  };
}

describe('a job', () => {
  it('is done once its change is committed, and never when that was rolled back', async () => {
    const name = newName();
    const done = heard<{ n: number; key: string }>();
    const { jobs, start } = worker(name, { run: async ({ n }, { key }) => done.note({ n, key }), retries: [] });
    await expect(
      trainyard.database.transaction(async (tx) => {
        await jobs.enqueue(tx, name, { n: 1 }, 'rolled back');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await enqueue(jobs, name, 'kept', 2);
    start();
    await enqueue(jobs, name, 'later', 3);
    await done.until(2);
    expect(done.all).toEqual([
      { n: 2, key: 'kept' },
      { n: 3, key: 'later' },
    ]);
    // BullMQ may run a job before the hand-over commits that the job is written down no more.
    await until(async () => (await waiting(name)) === 0);
  });

  it('that is asked for twice before it is done is one', async () => {
    const name = newName();
    const done = heard<number>();
    const one = worker(name, { run: async ({ n }) => done.note(n), retries: [] });
    await Promise.all([1, 1, 1].map(() => enqueue(one.jobs, name, 'same')));
    expect(await waiting(name)).toBe(1);
    one.start();
    await enqueue(one.jobs, name, 'end', 2);
    await done.until(2);
    expect(done.all).toEqual([1, 2]);
  });

  it('is one job of the queue however often it is handed over, by however many workers', async () => {
    const name = newName();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const slow = { run: () => ended, retries: [] };
    const [one, other] = [worker(name, slow), worker(name, slow)];
    one.start();
    other.start();
    await enqueue(one.jobs, name, 'same');
    await until(async () => (await queued(name)).length === 1);
    // As a worker leaves it that was killed between the queue and the commit.
    await enqueue(one.jobs, name, 'same');
    await Promise.all([one.worker.handOver(), other.worker.handOver()]);
    await until(async () => (await waiting(name)) === 0);
    expect(await queued(name)).toEqual([{ id: `${name}/same` }]);
    end();
  });

  it('that fails is tried again after its pauses, is told which try it is, and is given up after the last', async () => {
    const name = newName();
    const tried = heard<JobTry & { at: number }>();
    const { jobs, start } = worker(name, {
      run: async (_, attempt) => {
        tried.note({ ...attempt, at: performance.now() });
        throw new Error('still no answer');
      },
      retries: [50, 300],
    });
    start();
    await enqueue(jobs, name, 'k');
    await tried.until(3);
    await until(async () => (await queued(name)).length === 0);
    expect(tried.all.map(({ key, number, isLast }) => ({ key, number, isLast }))).toEqual([
      { key: 'k', number: 1, isLast: false },
      { key: 'k', number: 2, isLast: false },
      { key: 'k', number: 3, isLast: true },
    ]);
    const [first, second, third] = tried.all.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(45);
    expect(third - second).toBeGreaterThanOrEqual(290);
  });

  it('waits in its table while nobody knows it', async () => {
    const name = newName();
    const { worker: stranger, start } = worker(newName(), { run: async () => undefined, retries: [] });
    start();
    await enqueue(new Jobs(trainyard.app.get(Wakeups)), name, 'k');
    await stranger.handOver();
    expect(await waiting(name)).toBe(1);
  });
});

it('a schedule has its job done by the clock, once each time however many workers there are', async () => {
  const name = newName();
  const ticks = heard<string>();
  const definition = { run: async (_: object, { key }: JobTry) => ticks.note(key), retries: [] };
  for (let i = 0; i < 3; i++) worker(name, definition, '* * * * * *').start();
  // each that begins puts the schedule anew, and a time that was had already may come with it
  await ticks.until(3);
  const begun = ticks.all.length;
  await ticks.until(begun + 3);
  const later = ticks.all.slice(begun);
  expect(new Set(later).size).toBe(later.length);
});

it('housekeeping has every room take its turn, also after one that failed, and tells of the failure', async () => {
  const jobs = new Jobs(trainyard.app.get(Wakeups));
  const housekeeping = new Housekeeping(jobs);
  const turns: string[] = [];
  housekeeping.register('attic', async () => {
    turns.push('attic');
    throw new Error('locked');
  });
  housekeeping.register('cellar', async () => void turns.push('cellar'));
  await expect(housekeeping.tidy()).rejects.toThrow('Housekeeping failed. attic: locked');
  expect(turns).toEqual(['attic', 'cellar']);
  expect([...jobs.schedules]).toEqual([['housekeeping', '* * * * *']]);
});

async function until(good: () => Promise<boolean>): Promise<void> {
  while (!(await good()));
}
