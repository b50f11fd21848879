import { buildSchema, isInputObjectType, getNamedType } from 'graphql';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject, buildTicket, memberOf, type BuiltProject } from '../../../test/factories/board.ts';
import { buildUser, someone } from '../../../test/factories/people.ts';
import { buildDataset, queueInput } from '../../../test/factories/training.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { countingSql } from '../../../test/count-sql.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { CREATED, tidyCreations, type CreatedKind } from './create-once.ts';
import { row, rows } from './database.ts';

let trainyard: TestTrainyard;
let project: BuiltProject;
let ticketId: string;
let datasetId: string;
let roleId: string;
let sprintId: string;
let owner: GraphqlClient;
let another: GraphqlClient;
let serial = 0;

interface Case {
  kind: CreatedKind;
  /** What the mutation is told; `name` is a new one each time, `id` is to be sent. */
  variables: (name: string) => Promise<Record<string, unknown>> | Record<string, unknown>;
  /** A field of it that is then another. */
  other: Record<string, unknown>;
  answer: string;
  id?: (answer: never) => string;
}

/** Every mutation that makes a thing. */
const CASES: Record<string, Case> = {
  addComment: { kind: 'COMMENT', variables: (name) => ({ ticketId, body: name }), other: { body: 'other' }, answer: 'id body version' },
  addMembership: {
    kind: 'MEMBERSHIP',
    variables: async () => ({ teamId: project.teamId, userId: (await buildUser(trainyard)).id, roleId, allocation: 20, teamRole: 'MEMBER' }),
    other: { allocation: 30 },
    answer: 'id allocation version',
  },
  addTimeOff: {
    kind: 'TIME_OFF',
    variables: async () => ({ userId: (await buildUser(trainyard)).id, fromDate: '2026-12-01', toDate: '2026-12-02', fromNoon: true, untilNoon: false }),
    other: { toDate: '2026-12-03' },
    answer: 'id fromDate version',
  },
  createAccessToken: {
    kind: 'ACCESS_TOKEN',
    variables: (name) => ({ name, scopes: ['READ'] }),
    other: { scopes: ['READ', 'WRITE'] },
    answer: 'token { id name } secret',
    id: ({ token }: { token: { id: string } }) => token.id,
  },
  createBoard: { kind: 'BOARD', variables: (name) => ({ projectId: project.id, name, kind: 'SCRUM' }), other: { kind: 'KANBAN' }, answer: 'id name' },
  createCalendar: {
    kind: 'CALENDAR',
    variables: (name) => ({ name, weekdays: [1, 2, 3] }),
    other: { weekdays: [1, 2] },
    answer: 'id name weekdays version',
  },
  createColumn: {
    kind: 'COLUMN',
    variables: (name) => ({ boardId: project.boardId, name, category: 'TODO' }),
    other: { afterId: null },
    answer: 'id name',
  },
  createDataset: {
    kind: 'DATASET',
    variables: (name) => ({ name, kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'STROKE_DIGITS', samples: 100, projectId: project.id }),
    other: { samples: 101 },
    answer: 'id name',
  },
  createLabel: { kind: 'LABEL', variables: (name) => ({ projectId: project.id, name, color: 'RED' }), other: { color: 'BLUE' }, answer: 'id name color' },
  createProject: {
    kind: 'PROJECT',
    variables: (name) => ({ key: `K${serial}`, name, visibility: 'OPEN', teamId: project.teamId, boardKind: 'SCRUM' }),
    other: { boardKind: 'KANBAN' },
    answer: 'id key name',
  },
  createRole: {
    kind: 'ROLE',
    variables: (name) => ({ group: 'CORE_RND', nameEn: name, nameZh: name }),
    other: { nameZh: 'other' },
    answer: 'id nameEn',
  },
  createRule: {
    kind: 'RULE',
    variables: (name) => ({ projectId: project.id, name, trigger: { on: 'TICKET_CREATED' }, actions: [{ does: 'COMMENT', text: 'Hm.' }] }),
    other: { condition: 'type:bug' },
    answer: 'id name version',
  },
  createRunnerCredential: {
    kind: 'RUNNER_CREDENTIAL',
    variables: (name) => ({ name }),
    other: { name: 'other' },
    answer: 'credential { id name } secret',
    id: ({ credential }: { credential: { id: string } }) => credential.id,
  },
  addRetroNote: {
    kind: 'RETRO_NOTE',
    variables: (name) => ({ sprintId, kind: 'WELL', body: name }),
    other: { kind: 'IDEA' },
    answer: 'id kind body version',
  },
  createSavedView: {
    kind: 'VIEW',
    variables: (name) => ({ list: 'TICKETS', projectId: project.id, name, query: 'assignee:me', shared: true }),
    other: { query: 'assignee:none' },
    answer: 'id name query version',
  },
  createRelease: {
    kind: 'RELEASE',
    variables: (name) => ({ projectId: project.id, name, plannedOn: '2026-12-24' }),
    other: { plannedOn: '2026-12-25' },
    answer: 'id name version',
  },
  createSprint: {
    kind: 'SPRINT',
    variables: (name) => ({ boardId: project.boardId, name, startsOn: '2026-11-30', endsOn: '2026-12-11' }),
    other: { endsOn: '2026-12-12' },
    answer: 'id name version',
  },
  createTeam: { kind: 'TEAM', variables: (name) => ({ name, description: 'Trains.' }), other: { description: '' }, answer: 'id name version' },
  createTicket: {
    kind: 'TICKET',
    variables: (name) => ({ columnId: project.columns[0], title: name, type: 'TASK', labelIds: [] }),
    other: { type: 'BUG' },
    answer: 'id number title version',
  },
  createUser: {
    kind: 'USER',
    variables: (name) => ({ name, email: `${name}@example.org`, password: 'long words for a start', orgRole: 'MEMBER' }),
    other: { password: 'other words for a start' },
    answer: 'id email',
  },
  createWebhook: {
    kind: 'WEBHOOK',
    variables: (name) => ({ projectId: project.id, address: `https://example.org/${name}`, events: ['TICKET_CREATED'] }),
    other: { events: ['TICKET_MOVED'] },
    answer: 'webhook { id address } secret',
    id: ({ webhook }: { webhook: { id: string } }) => webhook.id,
  },
  queueRuns: {
    kind: 'RUN_GROUP',
    variables: () => ({ ...queueInput(ticketId, datasetId), varied: [{ parameter: 'seed', values: [1, 2] }] }),
    other: { varied: [{ parameter: 'seed', values: [1, 3] }] },
    answer: 'id count',
  },
  queueRun: { kind: 'RUN', variables: () => ({ ...queueInput(ticketId, datasetId) }), other: { engine: 'CPU' }, answer: 'id number' },
};

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../../../schema.graphql'), 'utf8'));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const makers = mutations.filter(({ name }) => /^(add|create|import|make|new|queue)[A-Z]/.test(name));

/** The operation that sends all variables a mutation takes, whether they are arguments or fields of its input. */
function operation(name: string): { document: string; variables: (all: object) => Record<string, unknown> } {
  const args = makers.find((one) => one.name === name)?.args ?? [];
  const hasInput = args.some((arg) => arg.name === 'input');
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return {
    document: `mutation (${declared}) { made: ${name}(${passed}) { ${CASES[name]?.answer} } }`,
    variables: (all) => (hasInput ? { input: all } : { ...all }),
  };
}

async function sent(client: GraphqlClient, name: string, all: object) {
  const { document, variables } = operation(name);
  const { data, codes, errors } = await client.send<{ made: object }>(document, variables(all));
  const idOf = CASES[name]?.id ?? (({ id }: { id: string }) => id);
  return { codes, params: errors[0]?.extensions.params, made: data?.made, id: data?.made ? idOf(data.made as never) : null };
}
async function wanted(name: string): Promise<Record<string, unknown>> {
  serial += 1;
  return (CASES[name] as Case).variables(`word${serial}`);
}
const count = async (kind: CreatedKind) =>
  (await row<{ count: number }>(trainyard.database.direct, `SELECT count(*)::int AS count FROM ${CREATED[kind]}`))?.count ?? 0;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  project = await buildProject(trainyard);
  [ticketId, datasetId] = [(await buildTicket(trainyard, { project })).id, await buildDataset(trainyard)];
  owner = (await someone(trainyard, 'OWNER')).client;
  another = (await someone(trainyard, 'OWNER')).client;
  roleId = (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role LIMIT 1'))?.id ?? '';
  sprintId = randomUUID();
  await trainyard.database.direct.query(
    /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at) VALUES ($1, $2, $3, 'Runs', 'RUNNING', now(), now(), now())`,
    [sprintId, project.id, project.boardId],
  );
});
afterAll(() => trainyard.stop());

it('is true of every mutation that makes a thing, and of each create input', () => {
  expect(makers.map(({ name }) => name).toSorted()).toEqual(Object.keys(CASES).toSorted());
  expect(new Set(Object.values(CASES).map(({ kind }) => kind)).size).toBe(makers.length);
  const without = makers.filter(({ args }) => {
    const input = getNamedType(args.find(({ name }) => name === 'input')?.type);
    const id = isInputObjectType(input) ? input.getFields()['id'] : args.find(({ name }) => name === 'id');
    return String(id?.type) !== 'ID';
  });
  expect(without.map(({ name }) => name)).toEqual([]);
});

describe.each(Object.keys(CASES))('%s', (name) => {
  const { kind, other } = CASES[name] as Case;

  it('makes one thing however often it is asked for under one id, also at once', async () => {
    const [id, all, before] = [randomUUID(), await wanted(name), await count(kind)];
    const atOnce = await Promise.all([1, 2, 3].map(() => sent(owner, name, { ...all, id })));
    const again = await sent(owner, name, { ...all, id: id.toUpperCase() });
    for (const answer of [...atOnce, again]) expect(answer).toEqual({ ...atOnce[0], codes: [], id });
    expect(await count(kind)).toBe(before + 1);
    expect(await sent(owner, name, { ...all, ...other, id })).toMatchObject({ codes: ['ID_TAKEN'], params: { id } });
    expect(await count(kind)).toBe(before + 1);
  });

  it('makes a thing of its own for another person, and under an id that something else has', async () => {
    const id = randomUUID();
    expect((await sent(owner, name, { ...(await wanted(name)), id })).id).toBe(id);
    for (const taken of [id, project.id, ticketId]) {
      const all = { ...(await wanted(name)), id: taken };
      const first = await sent(another, name, all);
      expect(first).toMatchObject({ codes: [], id: expect.any(String) });
      expect(first.id).not.toBe(taken);
      expect(await sent(another, name, all)).toEqual(first);
    }
  });

  it('refuses an id that is no UUID', async () => {
    expect(await sent(owner, name, { ...(await wanted(name)), id: 'mine' })).toMatchObject({ codes: ['BAD_INPUT'], params: { field: 'id' } });
  });
});

it('answers a thing that was edited meanwhile as it is now', async () => {
  const all = { ...(await wanted('createLabel')), id: randomUUID() };
  await sent(owner, 'createLabel', all);
  await owner.ask('mutation ($id: ID!) { updateLabel(id: $id, version: 1, input: { name: "renamed" }) { id } }', { id: all.id });
  expect(await sent(owner, 'createLabel', all)).toMatchObject({ codes: [], id: all.id, made: { name: 'renamed' } });
});

it('makes a new thing instead of one that was deleted, and that one once', async () => {
  const all = { ...(await wanted('addComment')), id: randomUUID() };
  await sent(owner, 'addComment', all);
  await owner.ask('mutation ($id: ID!) { deleteComment(id: $id, version: 1) }', { id: all.id });
  const [first, second] = [await sent(owner, 'addComment', all), await sent(owner, 'addComment', all)];
  expect(first.id).not.toBe(all.id);
  expect(second).toEqual(first);
});

it('tells nothing to who lost the right: neither of the thing nor that there is one', async () => {
  const secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
  const { user, client } = await memberOf(trainyard, secret);
  const all = { columnId: secret.columns[0], title: 'Plans', type: 'TASK', id: randomUUID() };
  expect((await sent(client, 'createTicket', all)).id).toBe(all.id);
  // Who only reads is refused, though the thing is there to be read.
  await trainyard.database.direct.query(`UPDATE app_user SET org_role = 'VIEWER' WHERE id = $1`, [user.id]);
  expect((await sent(client, 'createTicket', all)).codes).toEqual(['FORBIDDEN']);
  await trainyard.database.direct.query(`UPDATE app_user SET org_role = 'MEMBER' WHERE id = $1`, [user.id]);
  await trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [user.id]);
  expect((await sent(client, 'createTicket', all)).codes).toEqual(['NOT_FOUND']);
  // In a project where they may, the id is as good as any other.
  const open = await buildProject(trainyard);
  await trainyard.database.direct.query(
    `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation) VALUES (gen_random_uuid(), $1, $2, $3, 'MEMBER', 10)`,
    [open.teamId, user.id, roleId],
  );
  const elsewhere = { ...all, columnId: open.columns[0] };
  const made = await sent(client, 'createTicket', elsewhere);
  expect([made.codes, made.id === all.id]).toEqual([[], false]);
  expect(await sent(client, 'createTicket', elsewhere)).toEqual(made);
});

it('costs nothing where nobody sends an id, and no round trip where one is sent', async () => {
  const statements = async (all: object): Promise<string[]> => {
    const counting = countingSql(trainyard);
    await sent(owner, 'addComment', all);
    counting.stop();
    return counting.statements;
  };
  const [plain, named] = [await statements(await wanted('addComment')), await statements({ ...(await wanted('addComment')), id: randomUUID() })];
  const own = named.filter((sql) => !plain.includes(sql));
  expect(plain.filter((sql) => sql.includes('creation'))).toEqual([]);
  expect([named.length - plain.length, own.length]).toEqual([3, 3]);
  // Before the first statement that the change waits for, and with its last ones.
  expect([named.indexOf(own[0] as string), named.indexOf(own[1] as string), named.at(-3)]).toEqual([
    plain.indexOf('START TRANSACTION') + 1,
    plain.indexOf('START TRANSACTION') + 2,
    own[2],
  ]);
});

it('keeps a secret for those who ask again, sealed and for minutes, and what was asked for thirty days', async () => {
  const all = { ...(await wanted('createAccessToken')), id: randomUUID() };
  const first = await sent(owner, 'createAccessToken', all);
  const kept = () => rows<{ secret: Buffer | null }>(trainyard.database.direct, 'SELECT secret FROM creation WHERE id = $1', [all.id]);
  expect((await kept())[0]?.secret?.toString('latin1')).not.toContain((first.made as { secret: string }).secret);
  expect(await sent(owner, 'createAccessToken', all)).toEqual(first);
  const pass = (time: string) => trainyard.database.direct.query(`UPDATE creation SET at = at - $2::interval WHERE id = $1`, [all.id, time]);
  await pass('11 minutes');
  expect((await sent(owner, 'createAccessToken', all)).codes).toEqual(['ID_TAKEN']);
  await tidyCreations(trainyard.database.direct);
  expect(await kept()).toEqual([{ secret: null }]);
  await pass('30 days');
  await tidyCreations(trainyard.database.direct);
  expect(await kept()).toEqual([]);
});
