import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildProject, buildTicket, buildTickets, memberOf, putInState, type BuiltProject } from '../../test/factories/board.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

interface Found {
  kind: string;
  id: string;
  title: string;
  key: string | null;
  number: number | null;
  of: string | null;
  boardId: string | null;
  person: { id: string; name: string } | null;
  ticketState: string | null;
  runState: string | null;
  datasetState: string | null;
  sprintState: string | null;
  online: boolean | null;
}
const LINE = '{ kind id title key number of boardId person { id name } ticketState runState datasetState sprintState online }';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const sql = (text: string, values: unknown[] = []) => trainyard.database.direct.query(text, values);
const find = async (client: GraphqlClient, text: string, projectKey?: string): Promise<Found[]> =>
  (
    await client.ask<{ find: Found[] }>(`query ($text: String!, $projectKey: String) { find(text: $text, projectKey: $projectKey) ${LINE} }`, {
      text,
      projectKey,
    })
  ).find;
const known = async (client: GraphqlClient, things: { kind: string; id: string }[]): Promise<Found[]> =>
  (await client.ask<{ knownThings: Found[] }>(`query ($things: [KnownThing!]!) { knownThings(things: $things) ${LINE} }`, { things })).knownThings;
const titles = (found: readonly Found[]): string[] => found.map(({ title }) => title);
/** The factory numbers its titles. */
const titled = async (project: BuiltProject, title: string) =>
  sql('UPDATE ticket SET title = $2 WHERE id = $1', [(await buildTicket(trainyard, { project })).id, title]);
/** A word that nothing else has. */
let serial = 0;
const word = (): string => `wort${(serial += 1)}ende`;

/** One of each kind that has the word in its name, in a project. */
async function named(
  visibility: 'OPEN' | 'PRIVATE',
): Promise<{ text: string; project: BuiltProject; client: GraphqlClient; runId: string; sprintId: string; ticketKey: string }> {
  const text = word();
  const project = await buildProject(trainyard, { visibility });
  const { client } = await memberOf(trainyard, project);
  const ticket = await buildTicket(trainyard, { project, title: `Ticket of ${text}` });
  const { id: runId } = await buildRun(trainyard, { member: client, ticket });
  await sql('UPDATE project SET name = $2 WHERE id = $1', [project.id, `Project ${text}`]);
  await sql('UPDATE board SET name = $2 WHERE id = $1', [project.boardId, `Board ${text}`]);
  await sql('UPDATE dataset SET name = $2 WHERE id = $1', [await buildDataset(trainyard, { projectId: project.id }), `Dataset ${text}`]);
  const sprintId = randomUUID();
  await sql(`INSERT INTO sprint (id, project_id, board_id, name, starts_on, ends_on) VALUES ($1, $2, $3, $4, '2026-11-23', '2026-12-04')`, [
    sprintId,
    project.id,
    project.boardId,
    `Sprint ${text}`,
  ]);
  return { text, project, client, runId, sprintId, ticketKey: `${project.key}-1` };
}

describe('one index over all that has a name', () => {
  it('finds things of all kinds, each with what its line shows', async () => {
    const { text, project, client, runId, sprintId } = await named('OPEN');
    const person = (await someone(trainyard)).user;
    await sql('UPDATE app_user SET name = $2, name_key = $2 WHERE id = $1', [person.id, `person ${text}`]);
    await sql(
      `INSERT INTO runner (id, name, host, version, cores, memory_mib, concurrency, engines, last_seen_at) VALUES ($1, $2, 'machine', '1', 4, 1024, 1, '[]', now())`,
      [randomUUID(), `runner ${text}`],
    );
    await sql('UPDATE ticket SET assignee_id = $2 WHERE project_id = $1', [project.id, person.id]);
    const found = await find(client, text);
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(['BOARD', 'DATASET', 'PERSON', 'PROJECT', 'RUN', 'RUNNER', 'SPRINT', 'TICKET']);
    const of = (kind: string) => found.find((one) => one.kind === kind);
    expect(of('TICKET')).toMatchObject({ key: `${project.key}-1`, boardId: project.boardId, ticketState: 'OPEN', person: { id: person.id } });
    expect(of('RUN')).toMatchObject({ id: runId, number: 1, key: `${project.key}-1`, runState: 'QUEUED' });
    expect(of('PROJECT')).toMatchObject({ key: project.key, boardId: project.boardId });
    expect(of('BOARD')).toMatchObject({ of: `Project ${text}`, boardId: project.boardId });
    expect(of('DATASET')).toMatchObject({ of: `Project ${text}`, datasetState: 'READY' });
    expect(of('SPRINT')).toMatchObject({ id: sprintId, of: `Project ${text}`, boardId: project.boardId, sprintState: 'PLANNED' });
    expect(of('RUNNER')).toMatchObject({ of: 'machine', online: true });
    expect(of('PERSON')).toMatchObject({ person: { id: person.id, name: `person ${text}` } });
  });

  it('tells nothing of a private project to those outside, and all of it to its members', async () => {
    const { text, project, client, runId, sprintId, ticketKey } = await named('PRIVATE');
    expect((await find(client, text)).map(({ kind }) => kind).toSorted()).toEqual(['BOARD', 'DATASET', 'PROJECT', 'RUN', 'SPRINT', 'TICKET']);
    const { client: outsider } = await someone(trainyard);
    for (const typed of [text, ticketKey, project.key, text.slice(0, -2)]) expect(await find(outsider, typed)).toEqual([]);
    const things = [
      { kind: 'TICKET', id: ticketKey },
      { kind: 'RUN', id: runId },
      { kind: 'PROJECT', id: project.key },
      { kind: 'BOARD', id: project.boardId },
      { kind: 'SPRINT', id: sprintId },
    ];
    expect(await known(outsider, things)).toEqual([]);
    expect((await known(client, things)).map(({ kind }) => kind)).toEqual(['TICKET', 'RUN', 'PROJECT', 'BOARD', 'SPRINT']);
  });

  it('puts the exact key first, then what begins so, then words, and the newest of those alike', async () => {
    const text = word();
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project);
    for (const title of [`a${text}`, `${text} old`, `The ${text}`, `${text} new`, text]) await titled(project, title);
    await sql('UPDATE ticket SET updated_at = now() - make_interval(mins => 100 - number) WHERE project_id = $1', [project.id]);
    expect(titles(await find(client, text))).toEqual([text, `${text} new`, `${text} old`, `The ${text}`, `a${text}`]);
    await sql('UPDATE ticket SET updated_at = now() WHERE project_id = $1 AND number = 2', [project.id]);
    expect(titles(await find(client, text)).slice(0, 3)).toEqual([text, `${text} old`, `${text} new`]);
    await buildTickets(trainyard, 20, { project });
    const keys = async (typed: string): Promise<(string | null)[]> => (await find(client, typed)).filter(({ kind }) => kind === 'TICKET').map(({ key }) => key);
    expect((await keys(`${project.key}-2`))[0]).toBe(`${project.key}-2`);
    expect((await keys(`${project.key}-2`)).toSorted()).toEqual([2, 20, 21, 22, 23, 24, 25].map((number) => `${project.key}-${number}`));
    // more than are found of a kind
    const many = word();
    await sql('UPDATE ticket SET title = $2 || number, updated_at = now() - make_interval(mins => number) WHERE project_id = $1 AND number > 5', [
      project.id,
      many,
    ]);
    expect(await keys(many)).toEqual(Array.from({ length: 12 }, (_, i) => `${project.key}-${i + 6}`));
  });

  it('finds every word of a Chinese title, and takes signs of patterns for what they are', async () => {
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project);
    await titled(project, '训练手写数字识别模型');
    await titled(project, '100% of_it');
    expect(titles(await find(client, '手写'))).toEqual(['训练手写数字识别模型']);
    expect(titles(await find(client, '模型 训练'))).toEqual(['训练手写数字识别模型']);
    expect(titles(await find(client, '100%'))).toEqual(['100% of_it']);
    expect(titles(await find(client, 'of_i'))).toEqual(['100% of_it']);
    expect(titles(await find(client, 'of%it'))).toEqual([]);
    // so short a word asks no index
    expect(titles(await find(client, '0_'))).toEqual([]);
    expect(await find(client, '  ')).toEqual([]);
  });

  it('puts the ticket of a number in the project at hand first', async () => {
    const [here, there] = [await buildProject(trainyard), await buildProject(trainyard)];
    const { client } = await memberOf(trainyard, here);
    for (const project of [here, there]) await buildTickets(trainyard, 3, { project });
    expect((await find(client, '3', here.key))[0]).toMatchObject({ key: `${here.key}-3` });
    expect((await find(client, '#3', there.key))[0]).toMatchObject({ key: `${there.key}-3` });
  });

  it('leaves out what is deleted or put away, which its key finds as long as it may be read', async () => {
    const { text, project, client, ticketKey } = await named('OPEN');
    await trainyard.database.transaction((tx) => putInState(tx, project.id, 'ARCHIVED'));
    expect(await find(client, text)).toEqual([]);
    expect((await find(client, ticketKey)).map(({ kind }) => kind)).toEqual(['TICKET', 'RUN']);
    await sql('UPDATE ticket SET deleted_at = now() WHERE project_id = $1', [project.id]);
    expect(await find(client, ticketKey)).toEqual([]);
    expect(await known(client, [{ kind: 'TICKET', id: ticketKey }])).toEqual([]);
  });

  it('is one statement, and knows things in the order they are named in', async () => {
    const project = await buildProject(trainyard, { teamId: (await buildTeam(trainyard)).id });
    const { client } = await memberOf(trainyard, project);
    const { ids } = await buildTickets(trainyard, 4, { project });
    const heard = countingSql(trainyard);
    await find(client, 'ticket');
    heard.stop();
    expect(heard.statements.filter((statement) => statement.includes('UNION ALL'))).toHaveLength(1);
    const things = [`${project.key}-3`.toLowerCase(), ids[0], `${project.key}-2`, 'NONE-1', 'no id'].map((id) => ({ kind: 'TICKET', id: id as string }));
    expect((await known(client, things)).map(({ number }) => number)).toEqual([3, 1, 2]);
    await expect(
      known(
        client,
        Array.from({ length: 51 }, () => ({ kind: 'TICKET', id: 'X-1' })),
      ),
    ).rejects.toMatchObject({ message: expect.anything() });
  });
});
