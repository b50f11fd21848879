import { randomUUID } from 'node:crypto';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { rows } from '../sql/database.ts';
import { ActivityLog } from './activity-log.ts';
import { setCause } from './cause.ts';
import type { LogEntry } from './log-entry.ts';
import { LogReaders } from './log-reader.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const readers = (): LogReaders => trainyard.app.get(LogReaders);
async function newScope(): Promise<string> {
  const scope = randomUUID();
  await trainyard.database.transaction((tx) => trainyard.app.get(ActivityLog).open(tx, scope));
  return scope;
}
/** Appends entries whose `n` goes up. */
const append = (scope: string, ...numbers: number[]): Promise<void> =>
  trainyard.database.transaction((tx) =>
    trainyard.app.get(ActivityLog).append(
      tx,
      scope,
      null,
      numbers.map((n) => ({ entity: 'TICKET', entityId: randomUUID(), action: 'CREATED', changes: { n: { from: null, to: n } } })),
    ),
  );
const numberOf = ({ changes }: LogEntry): unknown => changes['n']?.to;
const begin = (name: string, scope: string): Promise<number> => trainyard.database.transaction((tx) => readers().reader(name).begin(tx, scope));
const read = async (name: string, scope: string): Promise<unknown[]> => {
  const seen: unknown[] = [];
  await readers()
    .reader(name)
    .each(scope, async (_, entries) => void seen.push(...entries.map(numberOf)));
  return seen;
};

it('tells each entry once, in order, from where it began, however many there are', async () => {
  const scope = await newScope();
  await append(scope, 1, 2);
  expect(await begin('r', scope)).toBe(2);
  expect(await read('r', scope)).toEqual([]);
  const many = Array.from({ length: 450 }, (_, i) => i);
  await append(scope, ...many);
  expect(await read('r', scope)).toEqual(many);
  expect(await read('r', scope)).toEqual([]);
  // Beginning again leaves it where it stands.
  await append(scope, 7);
  await begin('r', scope);
  expect(await read('r', scope)).toEqual([7]);
});

it('tells what led to an entry, and nothing of what a person did', async () => {
  const scope = await newScope();
  await append(scope, 1);
  const firingId = randomUUID();
  await trainyard.database.transaction(async (tx) => {
    setCause(tx, { causedBy: 1, depth: 2, firingId });
    const entry = { entity: 'TICKET', entityId: randomUUID(), action: 'UPDATED', changes: {} } as const;
    await trainyard.app.get(ActivityLog).append(tx, scope, null, [entry]);
    await trainyard.app.get(ActivityLog).append(tx, scope, null, [entry]);
  });
  await append(scope, 4);
  expect((await readers().range(scope, 1, 4)).map(({ causedBy, depth, firingId: by }) => [causedBy, depth, by])).toEqual([
    [null, 0, null],
    [1, 2, firingId],
    [1, 2, firingId],
    [null, 0, null],
  ]);
});

it('keeps the positions of readers and scopes apart', async () => {
  const [one, other] = [await newScope(), await newScope()];
  for (const scope of [one, other]) for (const name of ['a', 'b']) await begin(name, scope);
  await append(one, 1);
  await append(other, 2);
  expect([await read('a', one), await read('a', one), await read('b', one), await read('a', other), await read('c', one)]).toEqual([[1], [], [1], [2], []]);
});

it('keeps what was made of an entry together with the position, or neither', async () => {
  const scope = await newScope();
  await begin('r', scope);
  await append(scope, 1);
  const reader = readers().reader('r');
  const marks = () => rows(trainyard.database.direct, `SELECT name FROM job_outbox WHERE name = $1`, [scope]);
  const mark = (fails: boolean) =>
    reader.each(scope, async (tx) => {
      await tx.query(`INSERT INTO job_outbox (name, key, payload) VALUES ($1, $2, '{}')`, [scope, randomUUID()]);
      if (fails) throw new Error('killed');
    });
  await expect(mark(true)).rejects.toThrow('killed');
  expect(await marks()).toEqual([]);
  await Promise.all([mark(false), mark(false), mark(false)]);
  expect(await marks()).toHaveLength(1);
});

it('leaves a scope to whoever reads it already', async () => {
  const scope = await newScope();
  await begin('r', scope);
  await append(scope, 1);
  let meanwhile: unknown[] = [];
  await readers()
    .reader('r')
    .each(scope, async () => void (meanwhile = await read('r', scope)));
  expect(meanwhile).toEqual([]);
});

it('follows every scope it began, at once, passes over one that fails, and stops when it is told', async () => {
  const [good, bad] = [await newScope(), await newScope()];
  for (const scope of [good, bad]) await begin('f', scope);
  const ended = new AbortController();
  const seen: unknown[] = [];
  let wake = (): void => undefined;
  const followed = readers()
    .reader('f')
    .follow(async (_, entries) => {
      if (entries[0]?.scope === bad) throw new Error('cannot');
      seen.push(...entries.map(numberOf));
      wake();
    }, ended.signal);
  await append(bad, 1);
  for (const n of [2, 3]) {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await append(good, n);
    await woken;
  }
  expect(seen).toEqual([2, 3]);
  ended.abort();
  await followed;
  expect(await read('f', bad)).toEqual([1]);
  await trainyard.database.transaction((tx) => readers().reader('f').end(tx, good));
  await append(good, 4);
  expect(await read('f', good)).toEqual([]);
});

it('reads a piece again by position', async () => {
  const scope = await newScope();
  await append(scope, 1, 2, 3, 4);
  expect((await readers().range(scope, 2, 3)).map((entry) => [entry.seq, numberOf(entry)])).toEqual([
    [2, 2],
    [3, 3],
  ]);
});
