import { buildTicket, buildProject, memberOf } from '../../test/factories/board.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildDataset, buildRun, type BuiltRun } from '../../test/factories/training.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const ended = async (run: BuiltRun, value: number, { split = 'VALIDATION', name = 'accuracy', state = 'SUCCEEDED' } = {}): Promise<BuiltRun> => {
  await trainyard.database.direct.query('UPDATE attempt SET headline = $2 WHERE id = $1', [run.attemptId, { split, name, value }]);
  await trainyard.database.direct.query('UPDATE run SET state = $2 WHERE id = $1', [run.id, state]);
  return run;
};
const bestOf = async (run: BuiltRun, by = run.member): Promise<string | null> =>
  (
    await by.ask<{ run: { bestLike: { id: string } | null } }>('query ($id: ID!) { run(id: $id) { bestLike { id card { headline { value } } } } }', {
      id: run.id,
    })
  ).run.bestLike?.id ?? null;

describe('the best run like another', () => {
  it('is of the same dataset, template, figure and samples, has ended well, and is never the run itself', async () => {
    const datasetId = await buildDataset(trainyard);
    const held = { validationSplit: 0.2 };
    const mine = await ended(await buildRun(trainyard, { datasetId, parameters: held }), 0.9);
    const { ticket, member } = mine;
    const other = (parameters: object = held, data = datasetId): Promise<BuiltRun> => buildRun(trainyard, { ticket, member, datasetId: data, parameters });
    expect(await bestOf(mine)).toBeNull();
    // better each, and none to be measured by
    await ended(await other(), 0.99, { state: 'FAILED' });
    await ended(await other(), 0.99, { split: 'TEST' });
    await ended(await other(), 0.99, { name: 'mae' });
    await ended(await other({ ...held, seed: 7 }), 0.99);
    await ended(await other({ validationSplit: 0.3 }), 0.99);
    await ended(await other(held, await buildDataset(trainyard)), 0.99);
    expect(await bestOf(mine)).toBeNull();
    await ended(await other(), 0.8);
    const best = await ended(await other(), 0.95);
    expect(await bestOf(mine)).toBe(best.id);
    expect(await bestOf(best)).toBe(mine.id);
  });

  it('is the one with the least error, and of test samples whatever the seed was', async () => {
    const datasetId = await buildDataset(trainyard);
    const mine = await ended(await buildRun(trainyard, { datasetId }), 3, { name: 'mae', split: 'TEST' });
    const less = await ended(await buildRun(trainyard, { datasetId, ticket: mine.ticket, member: mine.member, parameters: { seed: 9 } }), 2, {
      name: 'mae',
      split: 'TEST',
    });
    await ended(await buildRun(trainyard, { datasetId, ticket: mine.ticket, member: mine.member }), 4, { name: 'mae', split: 'TEST' });
    expect(await bestOf(mine)).toBe(less.id);
  });

  it('is among those that one may read', async () => {
    const datasetId = await buildDataset(trainyard);
    const secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { client: insider } = await memberOf(trainyard, secret);
    const mine = await ended(await buildRun(trainyard, { datasetId }), 0.9);
    const hidden = await ended(await buildRun(trainyard, { datasetId, ticket: await buildTicket(trainyard, { project: secret }), member: insider }), 0.99);
    expect(await bestOf(mine)).toBeNull();
    expect(await bestOf(mine, insider)).toBe(hidden.id);
  });
});

it('tells the run before, of the same ticket and template, in as many statements for many as for one', async () => {
  const first = await buildRun(trainyard);
  const { ticket, member } = first;
  const second = await buildRun(trainyard, { ticket, member });
  await buildRun(trainyard);
  const query = 'query ($id: ID!) { ticket(id: $id) { runs { id before { id parameters { seed } } bestLike { id } } } }';
  const count = async (): Promise<{ statements: number; runs: { id: string; before: { id: string } | null }[] }> => {
    const counting = countingSql(trainyard);
    const { ticket: found } = await member.ask<{ ticket: { runs: { id: string; before: { id: string } | null }[] } }>(query, { id: ticket.id });
    return { statements: counting.stop(), runs: found.runs };
  };
  const two = await count();
  expect(two.runs.map(({ id, before }) => [id, before?.id ?? null])).toEqual([
    [second.id, first.id],
    [first.id, null],
  ]);
  for (let i = 0; i < 4; i++) await buildRun(trainyard, { ticket, member });
  expect((await count()).statements).toBeLessThanOrEqual(two.statements);
});
