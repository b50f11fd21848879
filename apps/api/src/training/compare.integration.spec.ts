import { randomUUID } from 'node:crypto';
import { countingSql } from '../../test/count-sql.ts';
import { putInState } from '../../test/factories/board.ts';
import { buildRun, buildMember, type BuiltRun } from '../../test/factories/training.ts';
import { points, TestRunner } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard, { concurrency: 100 });
});
afterAll(() => trainyard.stop());

const COMPARE = `query ($ids: [ID!]!) {
  runsById(ids: $ids) {
    id number ticket { key } dataset { name } createdBy { name } card { state } series { name } result { metrics { value } }
    attempt { lastPoints { series step value } }
  }
}`;
interface Compared {
  runsById: { id: string; attempt: { lastPoints: { series: string; step: number; value: number | null }[] } }[];
}
const idsOf = async (client: BuiltRun['member'], ids: readonly string[]): Promise<string[]> =>
  (await client.ask<Compared>(COMPARE, { ids })).runsById.map(({ id }) => id);
const makePrivate = (run: BuiltRun): Promise<unknown> =>
  trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [run.ticket.project.id]);

describe('runs that are compared', () => {
  it('come in the order asked for, each once, from whatever tickets and projects', async () => {
    const [a, b] = [await buildRun(trainyard), await buildRun(trainyard)];
    expect(await idsOf(a.member, [b.id, a.id, b.id])).toEqual([b.id, a.id]);
  });

  it('are left out alike where one may not see them and where there are none', async () => {
    const open = await buildRun(trainyard);
    const hidden = await buildRun(trainyard);
    await makePrivate(hidden);
    const stranger = await buildMember(trainyard, open.ticket.project.teamId);
    const asked = [hidden.id, open.id, randomUUID()];
    expect(await idsOf(stranger, asked)).toEqual([open.id]);
    expect(await idsOf(hidden.member, asked)).toEqual([hidden.id, open.id]);
    expect(await idsOf(stranger, [hidden.id])).toEqual([]);
    await trainyard.database.transaction((tx) => putInState(tx, open.ticket.project.id, 'DELETED'));
    expect(await idsOf(stranger, asked)).toEqual([]);
  });

  it('are refused where they are none, too many, or no ids', async () => {
    const { member, id } = await buildRun(trainyard);
    const refused = async (ids: readonly string[]): Promise<unknown> => (await member.send(COMPARE, { ids })).codes;
    expect(await refused([])).toEqual(['BAD_INPUT']);
    expect(await refused([id, 'run-1'])).toEqual(['BAD_INPUT']);
    expect(await refused(Array.from({ length: 21 }, () => randomUUID()))).toEqual(['BAD_INPUT']);
    expect(await idsOf(member, [id, ...Array.from({ length: 19 }, () => randomUUID())])).toEqual([id]);
  });

  it('are read in as many statements for many as for two', async () => {
    const first = await buildRun(trainyard);
    const ids = [first.id];
    for (let i = 0; i < 6; i++) ids.push((await buildRun(trainyard)).id);
    const count = async (asked: readonly string[]): Promise<number> => {
      const counting = countingSql(trainyard);
      await idsOf(first.member, asked);
      return counting.stop();
    };
    const two = await count(ids.slice(0, 2));
    expect(await count(ids)).toBeLessThanOrEqual(two);
    expect(two).toBeLessThanOrEqual(9);
  });
});

describe('the last points of a run', () => {
  const lastOf = async (run: BuiltRun) => (await run.member.ask<Compared>(COMPARE, { ids: [run.id] })).runsById[0]?.attempt.lastPoints;

  it('are the newest of each series, across chunks, not-a-number too', async () => {
    const run = await buildRun(trainyard);
    expect(await lastOf(run)).toEqual([]);
    await runner.claim(run.attemptId);
    const loss = points('LOSS', 1, 600);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [loss, { series: 'VAL_LOSS', steps: [300, 600], values: [2, 'NaN'] }] });
    expect(await lastOf(run)).toEqual([
      { series: 'LOSS', step: 600, value: loss.values.at(-1) },
      { series: 'VAL_LOSS', step: 600, value: null },
    ]);
  });

  it('do not count what a later claim supersedes, even before that has reported anything', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const loss = points('LOSS', 1, 600);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [loss] });
    await trainyard.database.direct.query('INSERT INTO attempt_claim (attempt_id, claim, resumed_from_step) VALUES ($1, 2, 255)', [run.attemptId]);
    expect(await lastOf(run)).toEqual([{ series: 'LOSS', step: 255, value: loss.values[254] }]);
    await trainyard.database.direct.query('INSERT INTO attempt_claim (attempt_id, claim, resumed_from_step) VALUES ($1, 3, 100)', [run.attemptId]);
    expect(await lastOf(run)).toEqual([{ series: 'LOSS', step: 100, value: loss.values[99] }]);
  });
});
