import { DEFAULT_PARAMETERS, NOTHING_ASKED, SYNTHETIC_LIMITS, type DatasetSummary, type InspectedTable, type InspectionClaimReply } from '@trainyard/domain';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildMember, buildRun, buildDataset, buildTable } from '../../test/factories/training.ts';
import { codeOf, TestRunner } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { row, rows } from '../platform/sql/database.ts';
import { followFolder } from './moved-folder.ts';
import { UploadQuota } from './upload-quota.service.ts';

const UPLOAD_MAX = 100_000;
const PENDING_UPLOADS = 10;
const SUMMARY: DatasetSummary = {
  digest: 'a'.repeat(64),
  sampleCount: 150,
  testCount: 0,
  inputShape: [2],
  classes: [],
  columns: [{ name: 'x', type: 'NUMBER', missing: 0, min: 0, max: 1, mean: 0.5, categories: [] }],
  preview: { images: [], rows: [['0', '1']] },
  sizeBytes: 12,
};
const TABLE: InspectedTable = { reading: null, evidence: [], sample: Buffer.from('x,y\n1,2\n').toString('base64') };
const DATASET = `id name state errorCode errorParams digest sampleCount inputShape classes { name } columns { name type } preview { rows } createdBy { name } projectId version`;
const CREATE = `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { ${DATASET} } }`;

let trainyard: TestTrainyard;
let runner: TestRunner;
let member: GraphqlClient;

beforeAll(async () => {
  trainyard = await TestTrainyard.start({ uploadMaxBytes: UPLOAD_MAX, uploadPendingBytes: PENDING_UPLOADS * UPLOAD_MAX });
  runner = await TestRunner.online(trainyard);
  member = (await someone(trainyard)).client;
});
afterAll(() => trainyard.stop());

interface Uploaded {
  uploadId: string;
  digest: string;
  size: number;
  name: string;
  code?: string;
}
async function upload(client: GraphqlClient, bytes: Buffer, name = 'table.csv'): Promise<{ status: number } & Uploaded> {
  const response = await fetch(`${trainyard.url}/uploads?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...client.headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, ...((await response.json()) as Uploaded) };
}

async function createCsv(client: GraphqlClient, overrides: object = {}): Promise<string> {
  const { uploadId } = await upload(client, randomBytes(50));
  const input = { name: 'A table', kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', uploadId }], ...overrides };
  return (await client.ask<{ createDataset: { id: string } }>(CREATE, { input })).createDataset.id;
}

const take = (id: string): Promise<InspectionClaimReply> => runner.post(`inspections/${id}/claim`, { runnerId: runner.id });
const finish = (id: string, claim: number, answer: object): Promise<unknown> =>
  runner.post(`inspections/${id}/finish`, { claim, summary: null, error: null, table: TABLE, ...answer });
const read = async (client: GraphqlClient, id: string) =>
  (await client.ask<{ dataset: Record<string, unknown> | null }>(`query ($id: ID!) { dataset(id: $id) { ${DATASET} } }`, { id })).dataset;

describe('uploads', () => {
  it('store bytes once by content, and only for those who may register datasets', async () => {
    const bytes = Buffer.from('x,y\n1,2\n');
    const first = await upload(member, bytes);
    const second = await upload(member, bytes, 'other.csv');
    expect(first).toMatchObject({ status: 200, size: 8, name: 'table.csv' });
    expect(second.digest).toBe(first.digest);
    expect(await readdir(join(trainyard.config.dataDir, 'blobs', first.digest.slice(0, 2)))).toEqual([first.digest]);
    expect((await upload((await someone(trainyard, 'VIEWER')).client, bytes)).code).toBe('FORBIDDEN');
    expect((await upload(trainyard.client(), bytes)).code).toBe('UNAUTHENTICATED');
  });

  it('refuse what is too large, said or not, and leave nothing behind', async () => {
    expect(await upload(member, randomBytes(UPLOAD_MAX))).toMatchObject({ status: 200 });
    expect(await upload(member, randomBytes(UPLOAD_MAX + 1))).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    const chunks = (async function* () {
      for (let i = 0; i < 3; i++) yield new Uint8Array(UPLOAD_MAX / 2 + 1);
    })();
    const unsaid = await fetch(`${trainyard.url}/uploads?name=a`, {
      method: 'POST',
      headers: { ...member.headers, 'content-type': 'application/octet-stream' },
      body: ReadableStream.from(chunks),
      duplex: 'half',
    } as RequestInit);
    expect(unsaid.status).toBe(413);
    expect(await readdir(join(trainyard.config.dataDir, 'blobs', 'incoming'))).toEqual([]);
  });

  it('stop at what one person may have lying unused, also many at once, until a dataset takes some', async () => {
    const { client, user } = await someone(trainyard);
    const codes = async () =>
      (await Promise.all(Array.from({ length: PENDING_UPLOADS + 2 }, () => upload(client, randomBytes(UPLOAD_MAX))))).flatMap(({ code }) => code ?? []);
    expect(await codes()).toEqual(['TOO_LARGE', 'TOO_LARGE']);
    const refused = await fetch(`${trainyard.url}/uploads?name=a`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/octet-stream' },
      body: 'x',
    });
    expect(await refused.json()).toMatchObject({
      code: 'TOO_LARGE',
      params: { limit: PENDING_UPLOADS * UPLOAD_MAX, pending: PENDING_UPLOADS * UPLOAD_MAX, reason: 'PENDING_UPLOADS' },
    });
    // Not somebody else's.
    expect((await upload(member, randomBytes(20))).status).toBe(200);
    const mine = await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM upload WHERE user_id = $1 LIMIT 1', [user.id]);
    await client.ask(CREATE, { input: { name: 'Room', kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', uploadId: mine?.id }] } });
    expect((await upload(client, randomBytes(UPLOAD_MAX))).status).toBe(200);
  });

  it('are so many at once for a person, and no more until one has arrived', async () => {
    const { user } = await someone(trainyard);
    const quota = trainyard.app.get(UploadQuota);
    const { uploadsPerPerson: limit } = trainyard.config.limits;
    const arrived = Promise.withResolvers<void>();
    const others = Promise.withResolvers<void>();
    const send = (until: Promise<void>) => quota.reserve(user.id, 1, () => until);
    const under = [send(arrived.promise), ...Array.from({ length: limit - 1 }, () => send(others.promise))];
    await expect(send(others.promise)).rejects.toMatchObject({ code: 'TOO_MANY_CONNECTIONS', params: { limit, reason: 'UPLOADS' } });
    await quota.reserve((await someone(trainyard)).user.id, 1, async () => undefined);
    arrived.resolve();
    await under[0];
    under.push(send(others.promise));
    others.resolve();
    await Promise.all(under);
  });

  it('are refused before a byte of them is read, by what lies unused and what is being received; and once more when they are written', async () => {
    const { user } = await someone(trainyard);
    const quota = trainyard.app.get(UploadQuota);
    const [all, refused] = [PENDING_UPLOADS * UPLOAD_MAX, { code: 'TOO_LARGE', params: { reason: 'PENDING_UPLOADS' } }];
    const reserve = (bytes: number, meanwhile: () => Promise<unknown> = async () => undefined) => quota.reserve(user.id, bytes, meanwhile);
    const unread = () => Promise.reject(new Error('it was read'));
    await expect(reserve(all + 1, unread)).rejects.toMatchObject(refused);
    await reserve(all - 10, async () => {
      await reserve(10);
      await expect(reserve(11, unread)).rejects.toMatchObject(refused);
    });
    // What was received and not kept takes no room.
    await reserve(all);
    const confirm = (bytes: number) => trainyard.database.transaction((tx) => quota.confirm(tx, user.id, bytes));
    await confirm(all);
    await expect(confirm(all + 1)).rejects.toMatchObject(refused);
  });
});

describe('a dataset', () => {
  it('is checked by a runner and described by what it found', async () => {
    const id = await createCsv(member);
    const seen = await row(trainyard.database.direct, `SELECT 1 FROM activity WHERE entity_id = $1 AND action = 'CREATED'`, [id]);
    expect(seen).not.toBeNull();
    expect(await read(member, id)).toMatchObject({ state: 'CHECKING', digest: null, preview: null });
    const claimed = await take(id);
    expect(claimed).toMatchObject({ claim: 1, dataset: { kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', size: 50, name: 'table.csv' }] } });
    const source = claimed.dataset;
    const digest = source.source === 'UPLOAD' ? source.files[0]?.digest : undefined;
    expect((await (await runner.get(`blobs/${digest ?? ''}`)).arrayBuffer()).byteLength).toBe(50);
    await finish(id, 1, { summary: SUMMARY });
    expect(await read(member, id)).toMatchObject({
      state: 'READY',
      digest: SUMMARY.digest,
      sampleCount: 150,
      inputShape: [2],
      columns: [{ name: 'x', type: 'NUMBER' }],
      preview: { rows: [['0', '1']] },
    });
    expect((await runner.get(`blobs/${digest ?? ''}`)).status).toBe(404);
    expect(await codeOf(finish(id, 1, { summary: SUMMARY }))).toBe('FENCED');
  });

  it('says what is wrong with it, and can be checked again', async () => {
    const id = await createCsv(member);
    await take(id);
    await finish(id, 1, { error: { code: 'DATASET_NOT_NUMERIC', params: { row: 3 } } });
    expect(await read(member, id)).toMatchObject({ state: 'INVALID', errorCode: 'DATASET_NOT_NUMERIC', errorParams: { row: 3 } });
    const run = await buildRun(trainyard);
    expect(
      (
        await run.member.send('mutation ($input: QueueRunInput!) { queueRun(input: $input) { id } }', {
          input: { ticketId: run.ticket.id, datasetId: id, template: 'TABULAR_REGRESSOR', engine: 'AUTO', parameters: DEFAULT_PARAMETERS.TABULAR_REGRESSOR },
        })
      ).codes,
    ).toEqual(['DATASET_NOT_READY']);
    await member.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
    expect(await read(member, id)).toMatchObject({ state: 'CHECKING', errorCode: null });
    expect(await codeOf(finish(id, 1, { summary: SUMMARY }))).toBe('FENCED');
    const { claim } = await take(id);
    await finish(id, claim, { summary: SUMMARY });
    expect(await read(member, id)).toMatchObject({ state: 'READY' });
  });

  it('takes cells cut in the middle of a character, and zero bytes in words about them', async () => {
    const half = '\u{1F600}'.slice(0, 1);
    const cut = await createCsv(member);
    await finish(cut, (await take(cut)).claim, { summary: { ...SUMMARY, preview: { images: [], rows: [[half, 'a\0']] } } });
    expect(await read(member, cut)).toMatchObject({ state: 'READY', preview: { rows: [['\uFFFD', 'a\uFFFD']] } });
    const wrong = await createCsv(member);
    await finish(wrong, (await take(wrong)).claim, { error: { code: 'DATASET_NOT_NUMERIC', params: { got: `${half}\0` } } });
    expect(await read(member, wrong)).toMatchObject({ state: 'INVALID', errorParams: { got: '\uFFFD\uFFFD' } });
  });

  it.each([
    ['a table without its file', { kind: 'CSV', source: 'UPLOAD', files: [] }, 'MISSING'],
    ['images without labels', { kind: 'IDX', source: 'PATH', files: [{ role: 'IMAGES', path: '/d/a' }] }, 'MISSING'],
    [
      'test images without labels',
      {
        kind: 'IDX',
        source: 'PATH',
        files: [
          { role: 'IMAGES', path: '/d/a' },
          { role: 'LABELS', path: '/d/b' },
          { role: 'TEST_IMAGES', path: '/d/c' },
        ],
      },
      'MISSING',
    ],
    [
      'a role twice',
      {
        kind: 'CSV',
        source: 'PATH',
        files: [
          { role: 'TABLE', path: '/d/a' },
          { role: 'TABLE', path: '/d/b' },
        ],
      },
      'TWICE',
    ],
    [
      'a role of another kind',
      {
        kind: 'CSV',
        source: 'PATH',
        files: [
          { role: 'TABLE', path: '/d/a' },
          { role: 'LABELS', path: '/d/b' },
        ],
      },
      'NOT_OF_THIS_KIND',
    ],
    ['a path that climbs', { kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: '/d/../etc/passwd' }] }, 'NOT_ABSOLUTE'],
    ['a path of an upload', { kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', path: '/d/a' }] }, 'OTHER_SOURCE'],
    ['a synthetic one without kind', { kind: 'SYNTHETIC', source: 'SYNTHETIC', samples: 10 }, 'EMPTY'],
  ])('is refused as %s', async (_name, input, reason) => {
    const admin = (await someone(trainyard, 'ADMIN')).client;
    const reply = await admin.send(CREATE, { input: { name: 'Refused', ...input } });
    expect(reply.codes).toEqual(['BAD_INPUT']);
    expect(reply.errors[0]?.extensions.params).toMatchObject({ reason });
  });

  it.each([
    ['as many samples as may be', { samples: SYNTHETIC_LIMITS.samples.max }, []],
    ['one sample more', { samples: SYNTHETIC_LIMITS.samples.max + 1 }, ['BAD_INPUT']],
    ['the largest seed', { seed: SYNTHETIC_LIMITS.seed.max }, []],
    ['a larger one', { seed: SYNTHETIC_LIMITS.seed.max + 1 }, ['BAD_INPUT']],
  ])('that is made up has limits: %s', async (_name, input, codes) => {
    expect(
      (await member.send(CREATE, { input: { name: 'Made', kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 10, ...input } })).codes,
    ).toEqual(codes);
  });

  it('may be registered by path only by those trusted with it, and from uploads only by who sent them', async () => {
    const input = { name: 'On the runner', kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: '/data/table.csv' }] };
    expect((await member.send(CREATE, { input })).codes).toEqual(['FORBIDDEN']);
    const admin = (await someone(trainyard, 'ADMIN')).client;
    const { createDataset } = await admin.ask<{ createDataset: { id: string } }>(CREATE, { input });
    expect((await take(createDataset.id)).dataset).toEqual({
      kind: 'CSV',
      source: 'PATH',
      files: [{ role: 'TABLE', path: '/data/table.csv' }],
      table: { asked: NOTHING_ASKED },
    });
    const { uploadId } = await upload(member, randomBytes(20));
    expect((await admin.send(CREATE, { input: { name: 'Stolen', kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', uploadId }] } })).codes).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('of a private project is unknown outside, in lists, counts, by id, and to runs elsewhere', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const insider = await buildMember(trainyard, project.teamId);
    const id = await createCsv(insider, { projectId: project.id, name: 'Secret' });
    const list = (client: GraphqlClient, projectId: string | null = null) =>
      client.send<{ datasets: { totalCount: number; nodes: { id: string }[] } }>(
        'query ($projectId: ID) { datasets(first: 100, projectId: $projectId) { totalCount nodes { id } } }',
        { projectId },
      );
    const [inside, outside] = [(await list(insider)).data?.datasets, (await list(member)).data?.datasets];
    expect(inside?.nodes.map((dataset) => dataset.id)).toContain(id);
    expect(outside?.nodes.map((dataset) => dataset.id)).not.toContain(id);
    expect(inside?.totalCount).toBe((outside?.totalCount ?? 0) + 1);
    expect((await list(member, project.id)).codes).toEqual(['NOT_FOUND']);
    expect(await read(member, id)).toBeNull();
    for (const change of ['deleteDataset(id: $id, version: 1)', 'recheckDataset(id: $id) { id }'])
      expect((await member.send(`mutation ($id: ID!) { ${change} }`, { id })).codes).toEqual(['NOT_FOUND']);
    const elsewhere = await buildRun(trainyard);
    await expect(
      buildRun(trainyard, { ticket: elsewhere.ticket, member: elsewhere.member, datasetId: await buildDataset(trainyard, { projectId: project.id }) }),
    ).rejects.toThrow('NOT_FOUND');
  });

  it('is deleted by who registered it or manages datasets, not while a run needs it, and its bytes go after it', async () => {
    const owner = await someone(trainyard);
    const id = await createCsv(owner.client);
    const used = await buildDataset(trainyard, { createdBy: owner.user.id });
    const run = await buildRun(trainyard, { datasetId: used });
    const remove = (client: GraphqlClient, dataset: string, version = 1) =>
      client.send('mutation ($id: ID!, $version: Int!) { deleteDataset(id: $id, version: $version) }', { id: dataset, version });
    for (const state of ['RUNNING', 'STARTING', 'QUEUED']) {
      await trainyard.database.direct.query('UPDATE run SET state = $2 WHERE id = $1', [run.id, state]);
      expect([state, (await remove(owner.client, used)).codes]).toEqual([state, ['DATASET_IN_USE']]);
    }
    // How many runs it is, of whose projects, is not told.
    expect((await owner.client.send('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id: used })).errors[0]?.extensions).toEqual({
      code: 'DATASET_IN_USE',
      params: {},
    });
    await run.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: run.id });
    expect((await remove(owner.client, used)).data).toEqual({ deleteDataset: true });
    expect((await run.member.send('mutation ($id: ID!) { retryRun(id: $id) { id } }', { id: run.id })).codes).toEqual(['DATASET_NOT_READY']);
    expect((await run.member.ask<{ run: object }>('query ($id: ID!) { run(id: $id) { dataset { id } datasetDigest } }', { id: run.id })).run).toEqual({
      dataset: null,
      datasetDigest: 'd'.repeat(64),
    });

    expect((await remove(member, id)).codes).toEqual(['FORBIDDEN']);
    expect((await remove(owner.client, id, 7)).codes).toEqual(['STALE_VERSION']);
    const [file] = await rows<{ digest: string }>(trainyard.database.direct, 'SELECT digest FROM dataset_file WHERE dataset_id = $1', [id]);
    expect((await remove((await someone(trainyard, 'ADMIN')).client, id)).data).toEqual({ deleteDataset: true });
    await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 hour'`);
    const blobs = trainyard.app.get(BlobStore);
    expect(await blobs.size(file?.digest ?? '')).toBe(50);
    await blobs.sweep();
    expect(await blobs.size(file?.digest ?? '')).toBeNull();
  });

  it('registered by path in a folder that moved are looked for where it is now, and no others', async () => {
    const db = trainyard.database.direct;
    const moved: (string | null)[] = [];
    for (const path of ['/old/datasets/a.csv', '/old/datasets-2/a.csv', '/else/b.csv']) {
      const id = await buildTable(trainyard);
      await db.query('UPDATE dataset_file SET path = $2 WHERE dataset_id = $1', [id, path]);
      await followFolder(db, '/old/datasets', '/new home/datasets');
      moved.push((await row<{ path: string }>(db, 'SELECT path FROM dataset_file WHERE dataset_id = $1', [id]))?.path ?? null);
    }
    expect(moved).toEqual(['/new home/datasets/a.csv', '/old/datasets-2/a.csv', '/else/b.csv']);
  });

  it('pages through a list newest first without losing one', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { datasets }: { datasets: { nodes: { id: string }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean }; totalCount: number } } =
        await member.ask('query ($after: String) { datasets(first: 3, after: $after) { nodes { id } totalCount pageInfo { endCursor hasNextPage } } }', {
          after,
        });
      seen.push(...datasets.nodes.map((dataset) => dataset.id));
      after = datasets.pageInfo.hasNextPage ? datasets.pageInfo.endCursor : null;
      expect(datasets.totalCount).toBeGreaterThanOrEqual(seen.length);
    } while (after);
    const all = await rows<{ id: string }>(
      trainyard.database.direct,
      `SELECT d.id FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE p.id IS NULL OR p.visibility = 'OPEN' ORDER BY d.created_at DESC, d.id DESC`,
    );
    expect(seen).toEqual(all.map((dataset) => dataset.id));
  });
});
