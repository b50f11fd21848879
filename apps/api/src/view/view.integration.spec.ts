import { VIEWS_EACH, VIEWS_SHARED } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, memberOf, putInState, type BuiltProject } from '../../test/factories/board.ts';
import { buildMembership, buildTeam, someone } from '../../test/factories/people.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';

interface View {
  id: string;
  list: string;
  projectId: string | null;
  name: string;
  query: string;
  shared: boolean;
  owner: { id: string };
  problem: { problem: string; start: number; end: number } | null;
  version: number;
}

const VIEW = 'id list projectId name query shared owner { id } problem { problem start end } version';
const CREATE = `mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { ${VIEW} } }`;
const UPDATE = `mutation ($id: ID!, $version: Int!, $input: UpdateSavedViewInput!) { updateSavedView(id: $id, version: $version, input: $input) { ${VIEW} } }`;
const DELETE = 'mutation ($id: ID!, $version: Int!) { deleteSavedView(id: $id, version: $version) }';
const LIST = `query ($list: ViewList!, $projectId: ID) { savedViews(list: $list, projectId: $projectId) { ${VIEW} } }`;

let trainyard: TestTrainyard;
let project: BuiltProject;
let member: GraphqlClient;
let memberId: string;
let lead: GraphqlClient;
let viewer: GraphqlClient;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
beforeEach(async () => {
  await trainyard.database.direct.query('DELETE FROM saved_view');
  project = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(trainyard)).id });
  const one = await memberOf(trainyard, project, 'MEMBER');
  [member, memberId] = [one.client, one.user.id];
  lead = (await memberOf(trainyard, project, 'LEAD')).client;
  viewer = (await memberOf(trainyard, project, 'VIEWER')).client;
});
afterAll(() => trainyard.stop());

const create = async (by: GraphqlClient, input: object = {}): Promise<View> =>
  (
    await by.ask<{ createSavedView: View }>(CREATE, {
      input: { list: 'TICKETS', projectId: project.id, name: 'Bugs', query: 'type:bug', shared: false, ...input },
    })
  ).createSavedView;
const update = async (by: GraphqlClient, { id, version }: View, input: object): Promise<View> =>
  (await by.ask<{ updateSavedView: View }>(UPDATE, { id, version, input })).updateSavedView;
const list = async (by: GraphqlClient, of: Record<string, unknown> = { list: 'TICKETS', projectId: project.id }): Promise<View[]> =>
  (await by.ask<{ savedViews: View[] }>(LIST, of)).savedViews;
const names = async (by: GraphqlClient, of?: Record<string, unknown>): Promise<string[]> => (await list(by, of)).map(({ name }) => name);
const refusal = async (by: GraphqlClient, document: string, variables: Record<string, unknown>): Promise<unknown> => {
  const { errors } = await by.send(document, variables);
  return [errors[0]?.extensions.code, errors[0]?.extensions.params];
};
const archive = (id: string): Promise<unknown> => trainyard.database.transaction((tx) => putInState(tx, id, 'ARCHIVED'));

it('keeps a view as it was typed, changes it, and shares it with the readers of its project', async () => {
  const view = await create(member, { name: '  My  bugs ', query: ' type:bug  sort:-updated' });
  expect(view).toEqual({
    id: expect.any(String) as string,
    list: 'TICKETS',
    projectId: project.id,
    name: 'My  bugs',
    query: ' type:bug  sort:-updated',
    shared: false,
    owner: { id: memberId },
    problem: null,
    version: 1,
  });
  expect([await names(member), await names(lead)]).toEqual([['My  bugs'], []]);

  const shared = await update(member, view, { shared: true });
  expect(await list(viewer)).toEqual([{ ...view, shared: true, version: 2 }]);
  const renamed = await update(lead, shared, { name: 'All bugs', query: 'type:bug -state:done' });
  expect(renamed).toEqual({ ...view, name: 'All bugs', query: 'type:bug -state:done', shared: true, version: 3 });
  expect(await update(lead, renamed, { name: 'All bugs' })).toEqual(renamed);
  await update(lead, renamed, { shared: false });
  expect([await names(member), await names(lead)]).toEqual([['All bugs'], []]);
  await member.ask(DELETE, { id: view.id, version: 4 });
  expect(await names(member)).toEqual([]);
});

it('lists those of one list and one project, or of none, by name', async () => {
  await create(member, { name: 'über' });
  await create(member, { name: 'Zed' });
  await create(member, { name: 'alpha' });
  await create(member, { name: 'Runs', list: 'RUNS', query: 'state:failed' });
  await create(member, { name: 'Everywhere', projectId: null });
  await create(member, { name: 'People', list: 'PEOPLE', projectId: null, query: 'role:owner' });
  const elsewhere = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: project.teamId });
  await create(member, { projectId: elsewhere.id, name: 'Of another' });
  expect(await names(member)).toEqual(['alpha', 'Zed', 'über']);
  const [alpha] = (await list(member)) as [View];
  await update(member, alpha, { name: 'Zinc' });
  expect(await names(member)).toEqual(['Zed', 'Zinc', 'über']);
  expect(await names(member, { list: 'RUNS', projectId: project.id })).toEqual(['Runs']);
  expect(await names(member, { list: 'TICKETS' })).toEqual(['Everywhere']);
  expect(await names(member, { list: 'PEOPLE' })).toEqual(['People']);
});

it('shows views of no project that are shared to everybody, and private ones to nobody else', async () => {
  const { client: stranger } = await someone(trainyard, 'VIEWER');
  const mine = await create(member, { projectId: null, name: 'Mine' });
  await create(member, { projectId: null, name: 'Ours', shared: true });
  expect([await names(stranger, { list: 'TICKETS' }), await names(member, { list: 'TICKETS' })]).toEqual([['Ours'], ['Mine', 'Ours']]);
  const { client: owner } = await someone(trainyard, 'OWNER');
  expect(await refusal(owner, DELETE, { id: mine.id, version: 1 })).toEqual(['NOT_FOUND', {}]);
});

it('lets whoever may only read keep private views, and share none', async () => {
  const { client: reader, user } = await someone(trainyard, 'VIEWER');
  await buildMembership(trainyard, project.teamId, user.id, 'LEAD');
  for (const by of [viewer, reader]) {
    const view = await create(by, { name: 'Own' });
    expect(await update(by, view, { name: 'Own too' })).toMatchObject({ name: 'Own too', version: 2 });
    expect(await refusal(by, UPDATE, { id: view.id, version: 2, input: { shared: true } })).toEqual(['FORBIDDEN', { permission: 'view.share' }]);
    await by.ask(DELETE, { id: view.id, version: 2 });
  }
  const asked = { list: 'TICKETS', name: 'x', query: '', shared: true };
  expect(await refusal(viewer, CREATE, { input: { ...asked, projectId: project.id } })).toEqual(['FORBIDDEN', { permission: 'view.share' }]);
  expect(await refusal(reader, CREATE, { input: asked })).toEqual(['FORBIDDEN', { permission: 'organisationView.share' }]);
  const everywhere = await create(reader, { projectId: null });
  expect(await refusal(reader, UPDATE, { id: everywhere.id, version: 1, input: { shared: true } })).toEqual([
    'FORBIDDEN',
    { permission: 'organisationView.share' },
  ]);
  const shared = await create(member, { shared: true });
  expect(await refusal(viewer, DELETE, { id: shared.id, version: 1 })).toEqual(['FORBIDDEN', { permission: 'view.manage' }]);
});

it('lets nobody change what another shares, but leads in their project and administrators', async () => {
  const { client: other } = await memberOf(trainyard, project, 'MEMBER');
  const { client: admin } = await someone(trainyard, 'ADMIN');
  const places: [string | null, string, GraphqlClient[]][] = [
    [project.id, 'view.manage', [lead]],
    [null, 'organisationView.manage', [admin]],
  ];
  for (const [projectId, permission, managers] of places) {
    let view = await create(member, { projectId, shared: true });
    expect(await refusal(other, UPDATE, { id: view.id, version: 1, input: { name: 'Taken' } })).toEqual(['FORBIDDEN', { permission }]);
    expect(await refusal(other, DELETE, { id: view.id, version: 1 })).toEqual(['FORBIDDEN', { permission }]);
    for (const by of [member, ...managers]) view = await update(by, view, { name: `Version ${view.version + 1}` });
    expect(view).toMatchObject({ name: 'Version 3', version: 3 });
    await managers[0]?.ask(DELETE, { id: view.id, version: 3 });
  }
});

it('hides the views of a project from who may not read it, their owner too', async () => {
  const view = await create(member, { shared: true });
  const { client: stranger } = await someone(trainyard, 'MEMBER');
  await trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [memberId]);
  for (const by of [stranger, member]) {
    expect(await refusal(by, LIST, { list: 'TICKETS', projectId: project.id })).toEqual(['NOT_FOUND', {}]);
    expect(await refusal(by, UPDATE, { id: view.id, version: 1, input: { name: 'x' } })).toEqual(['NOT_FOUND', {}]);
    expect(await refusal(by, CREATE, { input: { list: 'TICKETS', projectId: project.id, name: 'x', query: '' } })).toEqual(['NOT_FOUND', {}]);
  }
});

it('changes nothing in an archived project, and shows what is there', async () => {
  const own = await create(member);
  const shared = await create(member, { name: 'Shared', shared: true });
  await archive(project.id);
  const readOnly = ['PROJECT_READ_ONLY', { state: 'ARCHIVED' }];
  for (const { id } of [own, shared]) {
    expect(await refusal(member, UPDATE, { id, version: 1, input: { name: 'x' } })).toEqual(readOnly);
    expect(await refusal(member, DELETE, { id, version: 1 })).toEqual(readOnly);
  }
  expect(await refusal(member, CREATE, { input: { list: 'TICKETS', projectId: project.id, name: 'x', query: '' } })).toEqual(readOnly);
  expect(await names(member)).toEqual(['Bugs', 'Shared']);
});

it('refuses a text that the list does not understand, and says where', async () => {
  const wrong = { field: 'query', reason: 'QUERY_UNKNOWN_FIELD', of: 'typ', start: 6, end: 9, suggestion: 'type' };
  const input = { list: 'TICKETS', projectId: project.id, name: 'x', query: 'words typ:bug' };
  expect(await refusal(member, CREATE, { input })).toEqual(['BAD_INPUT', expect.objectContaining(wrong)]);
  const { id } = await create(member);
  expect(await refusal(member, UPDATE, { id, version: 1, input: { query: input.query } })).toEqual(['BAD_INPUT', expect.objectContaining(wrong)]);
  expect(await refusal(member, CREATE, { input: { ...input, query: '', name: ' ' } })).toEqual(['BAD_INPUT', { field: 'name', reason: 'EMPTY' }]);
  expect(await refusal(member, CREATE, { input: { ...input, list: 'PEOPLE', query: '' } })).toEqual([
    'BAD_INPUT',
    { field: 'projectId', reason: 'NOT_OF_LIST' },
  ]);
});

it('keeps a text that the list understands no more, says so, and lets it be renamed', async () => {
  const view = await create(member);
  await trainyard.database.direct.query(`UPDATE saved_view SET query = 'type:bug colour:red' WHERE id = $1`, [view.id]);
  const problem = { problem: 'UNKNOWN_FIELD', start: 9, end: 15 };
  expect(await list(member)).toEqual([{ ...view, query: 'type:bug colour:red', problem }]);
  expect(await update(member, view, { name: 'Old' })).toEqual({ ...view, name: 'Old', query: 'type:bug colour:red', problem, version: 2 });
});

it('refuses what was changed meanwhile', async () => {
  const view = await create(member);
  await update(member, view, { name: 'Other' });
  expect(await refusal(member, UPDATE, { id: view.id, version: 1, input: { name: 'x' } })).toEqual(['STALE_VERSION', { version: 2 }]);
  expect(await refusal(member, DELETE, { id: view.id, version: 1 })).toEqual(['STALE_VERSION', { version: 2 }]);
});

it('holds so many of each person and so many shared ones in one place, and none of another', async () => {
  const fill = (count: number, ownerId: string, shared: boolean): Promise<unknown> =>
    trainyard.database.direct.query(
      `INSERT INTO saved_view (id, owner_id, list, project_id, name, name_key, query, shared)
       SELECT gen_random_uuid(), $1, 'TICKETS', $2, 'n', 'n', '', $3 FROM generate_series(1, $4::int)`,
      [ownerId, project.id, shared, count],
    );
  const input = { list: 'TICKETS', projectId: project.id, name: 'x', query: '' };
  await fill(VIEWS_EACH - 1, memberId, false);
  const last = await create(member);
  expect(await refusal(member, CREATE, { input })).toEqual(['BAD_INPUT', { field: 'list', reason: 'TOO_MANY', max: VIEWS_EACH }]);
  await create(member, { list: 'RUNS', query: '' });
  await create(member, { projectId: null });
  await create(lead);
  await fill(VIEWS_SHARED, (await someone(trainyard, 'MEMBER')).user.id, true);
  const full = ['BAD_INPUT', { field: 'shared', reason: 'TOO_MANY', max: VIEWS_SHARED }];
  expect(await refusal(member, UPDATE, { id: last.id, version: 1, input: { shared: true } })).toEqual(full);
  expect(await refusal(lead, CREATE, { input: { ...input, shared: true } })).toEqual(full);
  await create(lead);
});

it.each(['project', 'organisation'] as const)('gives the last room of a %s to one of two who ask at once', async (place) => {
  const projectId = place === 'project' ? project.id : null;
  await trainyard.database.direct.query(
    `INSERT INTO saved_view (id, owner_id, list, project_id, name, name_key, query, shared)
     SELECT gen_random_uuid(), $1, 'TICKETS', $2, 'n', 'n', '', true FROM generate_series(1, $3::int)`,
    [(await someone(trainyard, 'MEMBER')).user.id, projectId, VIEWS_SHARED - 1],
  );
  const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE saved_view IN EXCLUSIVE MODE'));
  const input = { list: 'TICKETS', projectId, name: 'x', query: '', shared: true };
  const both = [member, lead].map((by) => by.send(CREATE, { input }));
  // One waits to write; the other for the place, or it has counted already what the first one has not written.
  await untilWaiting(trainyard, 2);
  await release();
  expect((await Promise.all(both)).flatMap(({ codes }) => codes)).toEqual(['BAD_INPUT']);
});

it('tells the audit trail of each change, and the words of none that is private', async () => {
  const view = await create(member, { name: 'Secret', query: 'salary' });
  await update(member, view, { name: 'Hidden' });
  await update(member, { ...view, version: 2 }, { shared: true });
  await update(lead, { ...view, version: 3 }, { shared: false });
  await member.ask(DELETE, { id: view.id, version: 4 });
  const told = await rows<{ actor_id: string; details: object }>(
    trainyard.database.direct,
    `SELECT actor_id, details FROM audit_entry WHERE kind = 'VIEW_CHANGED' AND subject_id = $1 ORDER BY id`,
    [view.id],
  );
  const of = { list: 'TICKETS', project: project.id, owner: memberId };
  const words = { name: 'Hidden', query: 'salary' };
  expect(told.map(({ details }) => details)).toEqual([
    { change: 'CREATED', ...of, shared: false },
    { change: 'UPDATED', ...of, shared: false },
    { change: 'UPDATED', ...of, shared: true, ...words },
    { change: 'UPDATED', ...of, shared: false, ...words },
    { change: 'DELETED', ...of, shared: false },
  ]);
  expect(await row(trainyard.database.direct, 'SELECT FROM activity WHERE entity_id = $1', [view.id])).toBeNull();
});
