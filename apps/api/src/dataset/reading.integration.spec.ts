import { NOTHING_ASKED, type DatasetSummary, type InspectedTable, type InspectionClaimReply, type TableReading } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildDataset, buildMember, buildTable, DATASET_DIGEST, QUEUE_RUN, queueInput } from '../../test/factories/training.ts';
import { codeOf, TestRunner } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row } from '../platform/sql/database.ts';

const READING: TableReading = {
  encoding: 'UTF_8',
  delimiter: 'COMMA',
  quote: 'DOUBLE',
  skip: 0,
  header: true,
  decimal: 'POINT',
  thousands: 'NONE',
  columns: [
    { name: 'x', type: 'NUMBER', missing: [] },
    { name: 'y', type: 'CATEGORY', missing: ['NA'] },
  ],
};
const TABLE: InspectedTable = {
  reading: READING,
  evidence: [{ field: 'delimiter', reason: 'SAME_WIDTH', params: { width: 2, rows: 5, same: 5 } }],
  sample: Buffer.from('x,y\n1,a\n').toString('base64'),
};
const SUMMARY: DatasetSummary = {
  digest: 'b'.repeat(64),
  sampleCount: 100,
  testCount: 0,
  inputShape: [2],
  classes: [],
  preview: { images: [], rows: [['007', 'a']] },
  sizeBytes: 12,
  columns: [
    {
      name: 'x',
      type: 'NUMBER',
      missing: 0,
      min: 0,
      max: 9,
      mean: 4,
      distinct: 10,
      gaps: [],
      evidence: { reason: 'ALL_NUMBERS', example: '1' },
      categories: [],
    },
    {
      name: 'y',
      type: 'CATEGORY',
      missing: 4,
      min: null,
      max: null,
      mean: null,
      distinct: 2,
      gaps: [
        { word: 'na', count: 3 },
        { word: '', count: 1 },
      ],
      evidence: { reason: 'WORDS', example: 'a' },
      categories: [
        { value: 'a', count: 60 },
        { value: 'b', count: 36 },
      ],
    },
  ],
};

let trainyard: TestTrainyard;
let runner: TestRunner;
let owner: GraphqlClient;
let ownerId: string;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard);
  const made = await someone(trainyard);
  [owner, ownerId] = [made.client, made.user.id];
});
afterAll(() => trainyard.stop());

const SET = `mutation ($id: ID!, $version: Int!, $reading: TableReadingInput!) { setDatasetReading(id: $id, version: $version, reading: $reading) { state version reading { asked { delimiter columns { name missing } } } } }`;
const READ = `query ($id: ID!) { dataset(id: $id) { state digest version errorCode errorParams columns { name distinct gaps { word count } evidence { reason } } reading { known { delimiter columns { name type missing } } asked { delimiter } evidence { field reason params } sample } } }`;
interface Seen {
  state: string;
  digest: string;
  version: number;
  errorParams: unknown;
  reading: { known: TableReading | null; asked: object | null; evidence: object[]; sample: string | null };
}
const read = async (id: string): Promise<Seen> => (await owner.ask<{ dataset: Seen }>(READ, { id })).dataset;
const take = (id: string): Promise<InspectionClaimReply> => runner.post(`inspections/${id}/claim`, { runnerId: runner.id });
const finish = (id: string, claim: number, answer: object): Promise<unknown> =>
  runner.post(`inspections/${id}/finish`, { claim, summary: null, error: null, ...answer });
const tableOf = async (id: string) => {
  const { claim, dataset } = await take(id);
  return { claim, table: dataset.source === 'SYNTHETIC' ? null : dataset.table };
};

describe('how a table is read', () => {
  it('is guessed by the runner where nobody decided, and kept with its reasons and the beginning of the file', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const input = { name: 'T', kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: '/data/a.csv' }] };
    const { createDataset } = await admin.client.ask<{ createDataset: { id: string } }>(
      'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }',
      { input },
    );
    const { claim, table } = await tableOf(createDataset.id);
    expect(table).toEqual({ asked: NOTHING_ASKED });
    await finish(createDataset.id, claim, { summary: SUMMARY, table: TABLE });
    expect(await read(createDataset.id)).toMatchObject({
      state: 'READY',
      columns: [
        { distinct: 10 },
        {
          distinct: 2,
          gaps: [
            { word: 'na', count: 3 },
            { word: '', count: 1 },
          ],
          evidence: { reason: 'WORDS' },
        },
      ],
      reading: { known: { delimiter: 'COMMA', columns: READING.columns }, asked: null, evidence: TABLE.evidence, sample: TABLE.sample },
    });
  });

  it('leaves out the rows at the top that its owner says, and takes no answer of a runner that does not know them', async () => {
    const id = await buildTable(trainyard, { createdBy: ownerId });
    const ask = async (): Promise<number> => {
      const { version } = await read(id);
      await owner.ask(SET, { id, version, reading: { skip: 2 } });
      const { claim, table } = await tableOf(id);
      expect(table).toEqual({ asked: { ...NOTHING_ASKED, skip: 2 } });
      return claim;
    };
    const { skip: _none, ...before } = READING;
    await finish(id, await ask(), { summary: SUMMARY, table: { ...TABLE, reading: before } });
    expect(await read(id)).toMatchObject({ state: 'INVALID', errorParams: { reason: 'RUNNER_OUTDATED' } });
    await finish(id, await ask(), { summary: SUMMARY, table: { ...TABLE, reading: { ...READING, skip: 2 } } });
    expect(await read(id)).toMatchObject({ state: 'READY' });
    expect((await owner.send(SET, { id, version: (await read(id)).version, reading: { skip: 1_001 } })).codes).toEqual(['BAD_INPUT']);
  });

  it('may be one column of whatever stands in its rows, which a runner of before cannot read', async () => {
    const id = await buildTable(trainyard, { createdBy: ownerId });
    const ask = async (contract: number | null): Promise<number> => {
      const { version } = await read(id);
      await owner.ask(SET, { id, version, reading: { delimiter: 'NONE' } });
      const { claim, table } = await tableOf(id);
      expect(table).toEqual({ asked: { ...NOTHING_ASKED, delimiter: 'NONE' } });
      await trainyard.database.direct.query('UPDATE runner SET contract = $2 WHERE id = (SELECT runner_id FROM dataset WHERE id = $1)', [id, contract]);
      return claim;
    };
    const crashed = { error: { code: 'INTERNAL', params: { reason: 'CRASHED' } } };
    for (const [contract, reason] of [
      [null, 'RUNNER_OUTDATED'],
      [2, 'RUNNER_OUTDATED'],
      [3, 'CRASHED'],
    ] as const) {
      await finish(id, await ask(contract), crashed);
      expect(await read(id)).toMatchObject({ state: 'INVALID', errorParams: { reason } });
    }
    await finish(id, await ask(2), { error: { code: 'DATASET_EMPTY', params: {} } });
    expect(await read(id)).toMatchObject({ errorCode: 'DATASET_EMPTY' });
    await finish(id, await ask(3), { summary: SUMMARY, table: { ...TABLE, reading: { ...READING, delimiter: 'NONE' } } });
    expect(await read(id)).toMatchObject({ state: 'READY', reading: { known: { delimiter: 'NONE' } } });
  });

  it('is what its maker says when making it', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const input = {
      name: 'T',
      kind: 'CSV',
      source: 'PATH',
      files: [{ role: 'TABLE', path: '/data/a.csv' }],
      reading: { delimiter: 'PIPE', columns: [{ name: ' y ', missing: ['none', 'none '] }] },
    };
    const { createDataset } = await admin.client.ask<{ createDataset: { id: string } }>(
      'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }',
      { input },
    );
    expect((await tableOf(createDataset.id)).table).toEqual({
      asked: { ...NOTHING_ASKED, delimiter: 'PIPE', columns: [{ name: 'y', type: null, missing: ['none'] }] },
    });
    const images = { name: 'I', kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 10, reading: { delimiter: 'PIPE' } };
    expect((await admin.client.send('mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }', { input: images })).codes).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('stays as it was before readings until its owner adopts one, and then is checked anew', async () => {
    const id = await buildTable(trainyard, { createdBy: ownerId });
    await owner.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
    const before = await tableOf(id);
    expect(before.table).toEqual({ known: 'LEGACY' });
    await finish(id, before.claim, { summary: { ...SUMMARY, digest: DATASET_DIGEST }, table: { ...TABLE, reading: null, evidence: [] } });
    const { version } = await read(id);
    const set = await owner.ask<{ setDatasetReading: object }>(SET, {
      id,
      version,
      reading: { delimiter: 'SEMICOLON', columns: [{ name: 'y', missing: ['none'] }] },
    });
    expect(set.setDatasetReading).toMatchObject({
      state: 'CHECKING',
      reading: { asked: { delimiter: 'SEMICOLON', columns: [{ name: 'y', missing: ['none'] }] } },
    });
    const after = await tableOf(id);
    expect(after.table).toEqual({ asked: { ...NOTHING_ASKED, delimiter: 'SEMICOLON', columns: [{ name: 'y', type: null, missing: ['none'] }] } });
    await finish(id, after.claim, { summary: SUMMARY, table: TABLE });
    expect(await read(id)).toMatchObject({ state: 'READY', digest: SUMMARY.digest });
  });

  it('does not change under a run that waits, nor under somebody who saw another version', async () => {
    const ticket = await buildTicket(trainyard);
    const member = await buildMember(trainyard, ticket.project.teamId);
    const id = await buildTable(trainyard, { createdBy: ownerId });
    expect((await owner.send(SET, { id, version: 7, reading: {} })).codes).toEqual(['STALE_VERSION']);
    const queued = await member.ask<{ queueRun: { id: string } }>(QUEUE_RUN, {
      input: {
        ...queueInput(ticket.id, id),
        template: 'TABULAR_CLASSIFIER',
        parameters: {
          epochs: 5,
          batchSize: 8,
          learningRate: 0.01,
          schedule: 'CONSTANT',
          warmupSteps: 0,
          optimizer: 'ADAM',
          l2: 0,
          dropout: 0,
          seed: 1,
          validationSplit: 0.2,
          checkpointEveryEpochs: 1,
          targetColumn: 'y',
          hiddenUnits: [4],
        },
      },
    });
    expect((await owner.send(SET, { id, version: 1, reading: { delimiter: 'TAB' } })).codes).toEqual(['DATASET_IN_USE']);
    const frozen = await row<{ spec: { rows: object } }>(trainyard.database.direct, 'SELECT spec FROM run WHERE id = $1', [queued.queueRun.id]);
    expect(frozen?.spec.rows).toEqual({ used: 90, leftOut: [{ reason: 'TARGET_MISSING', word: null, rows: 10 }] });
    const shown = await member.ask('query ($id: ID!) { run(id: $id) { rows { used leftOut { reason word rows } } } }', { id: queued.queueRun.id });
    expect(shown).toMatchObject({ run: { rows: frozen?.spec.rows } });
    // Once it has ended, a reading that changes the digest keeps it from being tried again on other data.
    await member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: queued.queueRun.id });
    await owner.ask(SET, { id, version: 1, reading: { delimiter: 'TAB' } });
    const { claim } = await take(id);
    await finish(id, claim, { summary: SUMMARY, table: TABLE });
    expect((await member.send('mutation ($id: ID!) { retryRun(id: $id) { id } }', { id: queued.queueRun.id })).codes).toEqual(['DATASET_NOT_READY']);
  });

  it('is decided of tables alone, and while one is checked its runner answers for nothing any more', async () => {
    const images = await buildDataset(trainyard, { createdBy: ownerId });
    expect((await owner.send(SET, { id: images, version: 1, reading: { delimiter: 'TAB' } })).codes).toEqual(['BAD_INPUT']);
    const id = await buildTable(trainyard, { createdBy: ownerId });
    await owner.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
    const { claim } = await take(id);
    await owner.ask(SET, { id, version: (await read(id)).version, reading: { delimiter: 'TAB' } });
    expect(await codeOf(finish(id, claim, { summary: SUMMARY, table: TABLE }))).toBe('FENCED');
    expect((await read(id)).state).toBe('CHECKING');
  });

  it.each([
    ['a mark for two things', { decimal: 'COMMA', thousands: 'COMMA' }],
    ['a column twice', { columns: [{ name: 'a' }, { name: 'a ' }] }],
  ])('is refused: %s', async (_name, reading) => {
    const id = await buildTable(trainyard, { createdBy: ownerId });
    expect((await owner.send(SET, { id, version: 1, reading })).codes).toEqual(['BAD_INPUT']);
  });
});

it('tells of an inspection that went wrong neither a stack nor a folder of the machine', async () => {
  const id = await buildTable(trainyard, { createdBy: ownerId });
  const stack = 'Error: x\n    at Parser.__parse (file:///srv/app/node_modules/csv-parse/lib/api/index.js:280:19)';
  for (const [error, params] of [
    [{ code: 'INTERNAL', params: { reason: stack } }, {}],
    [{ code: 'INTERNAL', params: { reason: 'CRASHED', detail: stack } }, { reason: 'CRASHED' }],
    [
      { code: 'DATASET_MALFORMED', params: { got: stack, row: 3 } },
      { got: 'Error: x', row: 3 },
    ],
  ] as const) {
    await owner.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
    const { claim } = await take(id);
    await finish(id, claim, { error, table: { ...TABLE, reading: null } });
    expect((await read(id)).errorParams).toEqual(params);
  }
  expect((await read(id)).reading.sample).toBe(TABLE.sample);
});

it('takes no table from a runner of before readings, which read it by other rules', async () => {
  const id = await buildTable(trainyard, { createdBy: ownerId });
  await owner.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
  const { claim } = await take(id);
  await finish(id, claim, { summary: SUMMARY });
  expect(await read(id)).toMatchObject({ state: 'INVALID', errorCode: 'INTERNAL', errorParams: { reason: 'RUNNER_OUTDATED' } });
});
