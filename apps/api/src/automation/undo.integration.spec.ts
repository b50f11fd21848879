import { memberOf } from '../../test/factories/board.ts';
import { buildRun } from '../../test/factories/training.ts';
import { TestRules, type Firing } from '../../test/rules.ts';
import { row, rows } from '../platform/sql/database.ts';

const rules = TestRules.ofFile();

async function fired(actions: object[]): Promise<{ id: string; firing: Firing }> {
  const [, doing] = rules.project.columns as [string, string];
  await rules.create('Rule', { on: 'MOVED', columnId: doing }, actions);
  const id = await rules.ticket({ priority: 'LOW' });
  await rules.move(id, doing);
  await rules.workbench().settle(rules.project.id);
  return { id, firing: (await rules.firings())[0]! };
}

it('of a firing brings back all that it did, once, says so in the log, and starts no rule', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const { id, firing } = await fired([
    { does: 'MOVE', columnId: done },
    { does: 'SET', field: 'priority', value: 'URGENT' },
    { does: 'COMMENT', text: 'Moved on.' },
    { does: 'CREATE_TICKET', title: 'Another', type: 'TASK' },
  ]);
  const undone = await rules.undo(firing.id);
  expect(undone).toMatchObject({ refusals: [], firing: { undoneAt: expect.any(String) } });
  expect(await rules.now(id)).toMatchObject({ columnId: doing, priority: 'LOW', commentCount: 0 });
  const left = await rows<{ title: string }>(rules.trainyard.database.direct, 'SELECT title FROM ticket WHERE project_id = $1 AND deleted_at IS NULL', [
    rules.project.id,
  ]);
  expect(left).toEqual([{ title: 'A ticket' }]);
  const told = await rows<{ depth: number }>(
    rules.trainyard.database.direct,
    `SELECT depth FROM activity WHERE firing_id = $1 AND actor_id = $2 AND cause_seq IS NULL`,
    [firing.id, rules.leadId],
  );
  expect(told.map(({ depth }) => depth)).toEqual([0, 0, 0, 0, 0]);
  // the ticket is back in the column that the rule waits for
  await rules.workbench().settle(rules.project.id);
  expect(await rules.firings()).toHaveLength(1);
  await expect(rules.undo(firing.id)).rejects.toThrow('FIRING_UNDONE');
});

it('leaves a ticket that somebody changed since, whole, and says what was changed', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const { id, firing } = await fired([
    { does: 'MOVE', columnId: done },
    { does: 'SET', field: 'priority', value: 'URGENT' },
    { does: 'COMMENT', text: 'Moved on.' },
  ]);
  await rules.set(id, { priority: 'MEDIUM' });
  const { refusals, firing: left } = await rules.undo(firing.id);
  expect(left.undoneAt).toBeNull();
  expect(refusals).toEqual([{ ticketKey: `${rules.project.key}-1`, code: 'CHANGED_SINCE', params: { field: 'priority' } }]);
  expect(await rules.now(id)).toMatchObject({ columnId: done, priority: 'MEDIUM', commentCount: 0 });
  // as the rule made it again: what was left is taken back, and nothing twice
  await rules.set(id, { priority: 'URGENT' });
  expect(await rules.undo(firing.id)).toMatchObject({ refusals: [], firing: { undoneAt: expect.any(String) } });
  expect(await rules.now(id)).toMatchObject({ columnId: doing, priority: 'LOW', commentCount: 0 });
  await expect(rules.undo(firing.id)).rejects.toThrow('FIRING_UNDONE');
});

it('leaves a ticket that it made, and on which somebody works', async () => {
  const { firing } = await fired([{ does: 'CREATE_TICKET', title: 'Another', type: 'TASK' }]);
  const { ticketId } = firing.changes.find(({ action }) => action === 'CREATED')!;
  await rules.lead.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Mine.") { id } }', { id: ticketId });
  expect(await rules.undo(firing.id)).toMatchObject({
    refusals: [{ ticketKey: `${rules.project.key}-2`, code: 'CHANGED_SINCE' }],
    firing: { undoneAt: null },
  });
  expect((await rules.now(ticketId)).commentCount).toBe(1);
});

it('cancels a run that it queued, unless somebody acted on it since', async () => {
  await rules.create('Again', { on: 'RUN_ENDED', runStates: ['CANCELLED'] }, [{ does: 'QUEUE_RUN' }]);
  const ticketId = await rules.ticket();
  const run = await buildRun(rules.trainyard, { ticket: { id: ticketId, columnId: '', version: 1, project: rules.project }, member: rules.lead });
  await rules.lead.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: run.id });
  await rules.workbench().settle(rules.project.id);
  const [firing] = await rules.firings();
  const queued = await row<{ id: string }>(rules.trainyard.database.direct, 'SELECT id FROM run WHERE ticket_id = $1 AND id <> $2', [ticketId, run.id]);
  await rules.lead.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: queued!.id });
  await rules.lead.ask('mutation ($id: ID!) { retryRun(id: $id) { id } }', { id: queued!.id });
  expect((await rules.undo(firing!.id)).refusals).toMatchObject([{ code: 'CHANGED_SINCE', params: { field: 'state' } }]);
  const state = await row<{ state: string }>(rules.trainyard.database.direct, 'SELECT state FROM run WHERE id = $1', [queued!.id]);
  expect(state).toEqual({ state: 'QUEUED' });
});

describe('of a move that took a ticket from its sprint', () => {
  const sprint = async (name: string): Promise<string> =>
    (
      await rules.lead.ask<{ createSprint: { id: string } }>('mutation ($input: CreateSprintInput!) { createSprint(input: $input) { id } }', {
        input: { boardId: rules.project.boardId, name, startsOn: '2026-03-02', endsOn: '2026-03-13' },
      })
    ).createSprint.id;
  const start = (id: string): Promise<unknown> => rules.lead.ask('mutation ($id: ID!) { startSprint(id: $id, version: 1) { id } }', { id });
  const lies = (id: string): Promise<unknown> =>
    rules.lead.ask('query ($id: ID!) { ticket(id: $id) { sprintId columnId } }', { id }).then((data) => (data as { ticket: unknown }).ticket);

  async function moved(): Promise<{ id: string; running: string; planned: string; firing: Firing }> {
    const [, doing] = rules.project.columns as [string, string];
    const [running, planned] = [await sprint('Now'), await sprint('Next')];
    await start(running);
    const id = await rules.ticket({ columnId: null, projectId: rules.project.id });
    await rules.lead.ask('mutation ($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids: [id], s: planned });
    await rules.create('Begin', { on: 'FIELD_CHANGED', field: 'priority' }, [{ does: 'MOVE', columnId: doing }]);
    await rules.set(id, { priority: 'URGENT' });
    await rules.workbench().settle(rules.project.id);
    const [firing] = await rules.firings();
    expect(await lies(id)).toEqual({ sprintId: running, columnId: doing });
    return { id, running, planned, firing: firing! };
  }

  it('gives the sprint back with the place', async () => {
    const { id, planned, firing } = await moved();
    expect(await rules.undo(firing.id)).toMatchObject({ refusals: [], firing: { undoneAt: expect.any(String) } });
    expect(await lies(id)).toEqual({ sprintId: planned, columnId: null });
  });

  it('leaves it where it was planned otherwise since, or where its sprint takes it no more, and says so', async () => {
    const { id, planned, running, firing } = await moved();
    await rules.lead.ask('mutation ($ids: [ID!]!) { planTickets(ids: $ids, sprintId: null) { id } }', { ids: [id] });
    expect(await rules.undo(firing.id)).toMatchObject({ refusals: [{ code: 'CHANGED_SINCE' }], firing: { undoneAt: null } });
    await rules.move(id, rules.project.columns[1]!);
    await start(planned);
    expect(await rules.undo(firing.id)).toMatchObject({ refusals: [{ code: 'SPRINT_RUNS' }], firing: { undoneAt: null } });
    await rules.lead.ask('mutation ($id: ID!) { completeSprint(id: $id) { id } }', { id: planned });
    expect(await lies(id)).toMatchObject({ sprintId: running });
    expect(await rules.undo(firing.id)).toMatchObject({ refusals: [{ code: 'SPRINT_CLOSED' }], firing: { undoneAt: null } });
  });
});

it('asks for the rights of whoever undoes', async () => {
  const { id, firing } = await fired([{ does: 'SET', field: 'priority', value: 'URGENT' }]);
  const viewer = await memberOf(rules.trainyard, rules.project, 'VIEWER');
  await expect(rules.undo(firing.id, viewer.client)).rejects.toThrow('FORBIDDEN');
  expect((await rules.now(id)).priority).toBe('URGENT');
});
