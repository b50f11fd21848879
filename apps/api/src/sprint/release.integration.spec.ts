import { dayAt, RELEASES_EACH, shiftedDay } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { TestBoard } from '../../test/board.ts';
import { buildProject, memberOf, seqOf } from '../../test/factories/board.ts';

const RELEASE = 'id name description plannedOn releasedOn version';
const CREATE = `mutation($input: CreateReleaseInput!) { createRelease(input: $input) { ${RELEASE} } }`;
const UPDATE = `mutation($id: ID!, $v: Int!, $i: UpdateReleaseInput!) { updateRelease(id: $id, version: $v, input: $i) { ${RELEASE} } }`;
const DELETE = 'mutation($id: ID!, $v: Int!) { deleteRelease(id: $id, version: $v) }';
const RESTORE = `mutation($id: ID!) { restoreRelease(id: $id) { ${RELEASE} } }`;

interface Release {
  id: string;
  name: string;
  plannedOn: string;
  releasedOn: string | null;
  version: number;
}

describe('releases of a project', () => {
  const board = TestBoard.ofFile('LEAD');

  const input = (name: string, more: object = {}): { input: object } => ({ input: { projectId: board.project.id, name, plannedOn: '2026-12-24', ...more } });
  const create = async (name: string, more: object = {}): Promise<Release> =>
    (await board.client.ask<{ createRelease: Release }>(CREATE, input(name, more))).createRelease;
  const update = (id: string, v: number, i: object) => board.client.send(UPDATE, { id, v, i });
  const read = async (by = board.client): Promise<Release[] | undefined> =>
    (await by.ask<{ project: { releases: Release[] } | null }>(`query($id: ID!) { project(id: $id) { releases { ${RELEASE} } } }`, { id: board.project.id }))
      .project?.releases;
  const today = (): string => dayAt(new Date(), 'UTC');

  it('are read by the day at which they are marked, and told to whoever listens', async () => {
    const since = await seqOf(board.trainyard, board.project.id);
    const late = await create('Late', { plannedOn: '2030-02-01' });
    const out = await create('Out', { plannedOn: '2030-03-01', releasedOn: '2025-01-31', description: 'Weights and card' });
    expect((await read())?.map(({ name }) => name)).toEqual(['Out', 'Late']);
    await board.client.ask(DELETE, { id: late.id, v: 1 });
    expect(await read()).toEqual([out]);
    const { projectEvents } = await board.client.ask<{
      projectEvents: { activities: { entity: string; action: string; entityId: string }[]; releases: { id: string }[] };
    }>(
      'query($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { activities { entity action entityId } releases { id name plannedOn releasedOn } } }',
      { p: board.project.id, s: since },
    );
    expect(projectEvents.activities.map(({ entity, action, entityId }) => [entity, action, entityId])).toEqual([
      ['RELEASE', 'CREATED', late.id],
      ['RELEASE', 'CREATED', out.id],
      ['RELEASE', 'DELETED', late.id],
    ]);
    expect(projectEvents.releases.map(({ id }) => id)).toEqual([out.id]);
  });

  it('have names of their own in the project, which one that is deleted sets free', async () => {
    const first = await create('Größe 1.0');
    expect((await board.client.send(CREATE, input('GRÖSSE 1.0'))).codes).toEqual(['RELEASE_TAKEN']);
    await board.client.ask(DELETE, { id: first.id, v: 1 });
    const second = await create('GRÖSSE 1.0');
    expect((await board.client.send(RESTORE, { id: first.id })).codes).toEqual(['RELEASE_TAKEN']);
    expect((await update(second.id, 1, { name: 'Größe 2.0' })).codes).toEqual([]);
    const { restoreRelease } = await board.client.ask<{ restoreRelease: Release }>(RESTORE, { id: first.id });
    expect(restoreRelease).toEqual({ ...first, version: 3 });
    // twice is once
    expect((await board.client.ask<{ restoreRelease: Release }>(RESTORE, { id: first.id })).restoreRelease.version).toBe(3);
    const elsewhere = await buildProject(board.trainyard);
    const { client: theirs } = await memberOf(board.trainyard, elsewhere, 'LEAD');
    expect((await theirs.send(CREATE, { input: { projectId: elsewhere.id, name: 'Größe 1.0', plannedOn: '2026-12-24' } })).codes).toEqual([]);
  });

  it('are out on a day that has come, from the version that was seen; null says that they are not', async () => {
    const { id } = await create('Atlas 1');
    expect((await board.client.send(CREATE, input('Atlas 2', { releasedOn: shiftedDay(today(), 2) }))).errors[0]?.extensions).toMatchObject({
      params: { field: 'releasedOn', reason: 'NOT_YET' },
    });
    expect((await update(id, 1, { releasedOn: today() })).data).toMatchObject({ updateRelease: { releasedOn: today(), version: 2 } });
    expect((await update(id, 1, { releasedOn: null })).codes).toEqual(['STALE_VERSION']);
    expect((await update(id, 2, { name: 'Atlas 1.0' })).data).toMatchObject({ updateRelease: { releasedOn: today(), version: 3 } });
    expect((await update(id, 3, { releasedOn: null })).data).toMatchObject({ updateRelease: { releasedOn: null, version: 4 } });
    // nothing else: no row, no version
    const since = await seqOf(board.trainyard, board.project.id);
    expect((await update(id, 4, { plannedOn: '2026-12-24' })).data).toMatchObject({ updateRelease: { version: 4 } });
    expect(await seqOf(board.trainyard, board.project.id)).toBe(since);
    await board.client.ask(DELETE, { id, v: 4 });
    expect((await update(id, 5, { name: 'Gone' })).codes).toEqual(['NOT_FOUND']);
    expect((await board.client.send(DELETE, { id, v: 5 })).codes).toEqual(['NOT_FOUND']);
  });

  it('are planned by whoever plans sprints, and not there for whoever may not read the project', async () => {
    const { id } = await create('Atlas 1');
    const viewer = await memberOf(board.trainyard, board.project, 'VIEWER');
    expect(await read(viewer.client)).toHaveLength(1);
    expect((await viewer.client.send(CREATE, input('Atlas 2'))).codes).toEqual(['FORBIDDEN']);
    const secret = await buildProject(board.trainyard, { visibility: 'PRIVATE' });
    const { client: theirs } = await memberOf(board.trainyard, secret, 'LEAD');
    const hidden = (await theirs.ask<{ createRelease: Release }>(CREATE, { input: { projectId: secret.id, name: 'Hidden', plannedOn: '2026-12-24' } }))
      .createRelease;
    for (const [document, variables] of [
      [UPDATE, { id: hidden.id, v: 1, i: { name: 'Seen' } }],
      [DELETE, { id: hidden.id, v: 1 }],
      [RESTORE, { id: hidden.id }],
      [UPDATE, { id: randomUUID(), v: 1, i: { name: 'Seen' } }],
    ] as const)
      expect((await board.client.send(document, variables)).codes).toEqual(['NOT_FOUND']);
    expect((await viewer.client.send(DELETE, { id, v: 1 })).codes).toEqual(['FORBIDDEN']);
  });

  it('are so many at most, counted also where one is brought back', async () => {
    const { id } = await create('Back');
    await board.client.ask(DELETE, { id, v: 1 });
    await board.trainyard.database.direct.query(
      `INSERT INTO release (id, project_id, name, name_key, planned_on) SELECT gen_random_uuid(), $1, n::text, n::text, '2026-12-24' FROM generate_series(1, $2::int) n`,
      [board.project.id, RELEASES_EACH],
    );
    for (const refused of [await board.client.send(CREATE, input('One more')), await board.client.send(RESTORE, { id })])
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'TOO_MANY', max: RELEASES_EACH } });
  });
});
