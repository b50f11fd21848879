import { buildLabel, memberOf, seqOf } from '../../test/factories/board.ts';
import { buildRun } from '../../test/factories/training.ts';
import { DyingDatabase, moved, TestRules } from '../../test/rules.ts';
import { until } from '../../test/runs.ts';
import { row, rows } from '../platform/sql/database.ts';

const rules = TestRules.ofFile();

it('does all that a rule says, once, in the name of its owner, and links each row of the log to what caused it', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const labelId = await buildLabel(rules.trainyard, rules.project.id, 'ready');
  const rule = await rules.create('Finish', moved(doing), [
    { does: 'MOVE', columnId: done },
    { does: 'SET', field: 'priority', value: 'HIGH' },
    { does: 'SET', field: 'assigneeId', value: rules.leadId },
    { does: 'ADD_LABEL', labelId },
    { does: 'COMMENT', text: 'Moved on.' },
    { does: 'CREATE_TICKET', title: 'And another', type: 'BUG' },
  ]);
  const member = await memberOf(rules.trainyard, rules.project);
  const id = await rules.ticket();
  await rules.move(id, doing, member.client);
  const cause = await seqOf(rules.trainyard, rules.project.id);
  await rules.workbench().settle(rules.project.id, 3);

  expect(await rules.now(id)).toMatchObject({ columnId: done, priority: 'HIGH', labelIds: [labelId], commentCount: 1, assignee: { id: rules.leadId } });
  const [firing, ...others] = await rules.firings();
  expect(others).toEqual([]);
  expect(firing).toMatchObject({ outcome: 'DONE', ruleName: 'Finish', ruleVersion: 1, causedBy: cause, ticketId: id, chain: ['Finish'], reason: null });
  expect(firing!.changes.map(({ entity, action }) => `${entity} ${action}`).toSorted()).toEqual([
    'COMMENT CREATED',
    'TICKET CREATED',
    'TICKET MOVED',
    'TICKET UPDATED',
  ]);
  const told = await rows<object>(
    rules.trainyard.database.direct,
    'SELECT cause_seq::int AS cause, depth, actor_id AS actor FROM activity WHERE firing_id = $1',
    [firing!.id],
  );
  expect(told).toHaveLength(5);
  for (const one of told) expect(one).toEqual({ cause, depth: 1, actor: rules.leadId });
  // by whose doing it is, the history of the ticket says
  const { ticket } = await rules.lead.ask<{ ticket: { activity: { nodes: { rule: object | null; depth: number }[] } } }>(
    'query ($id: ID!) { ticket(id: $id) { activity(first: 20) { nodes { depth rule { ruleId ruleName } } } } }',
    { id },
  );
  expect(ticket.activity.nodes.map((node) => node.rule)).toEqual([...Array(4).fill({ ruleId: rule.id, ruleName: 'Finish' }), null, null]);
});

it('is done once by workers that are killed and started again, however often the event is delivered', async () => {
  const [, doing] = rules.project.columns as [string, string];
  await rules.create('Comment', moved(doing), [{ does: 'COMMENT', text: 'Once.' }]);
  const id = await rules.ticket();
  await rules.move(id, doing);
  const bench = rules.workbench();
  await bench.read(rules.project.id);
  const [job] = await rows<{ payload: never }>(rules.trainyard.database.direct, `SELECT payload FROM job_outbox WHERE name = 'rule'`);
  // killed before its commit: neither the firing nor what it did is there
  const dying = rules.workbench(new DyingDatabase(rules.trainyard.database.source));
  await expect(dying.firing.fire(job!.payload)).rejects.toThrow(/terminat/i);
  expect([await rules.firings(), (await rules.now(id)).commentCount]).toEqual([[], 0]);
  // five workers at once
  await Promise.all(Array.from({ length: 5 }, () => rules.workbench().firing.fire(job!.payload)));
  expect([(await rules.firings()).length, (await rules.now(id)).commentCount]).toEqual([1, 1]);
  rules.worker();
  await until(
    () => rows(rules.trainyard.database.direct, `SELECT FROM job_outbox WHERE name = 'rule'`),
    (left) => left.length === 0,
  );
  await rules.move(await rules.ticket(), doing);
  await until(
    () => rules.firings(),
    (found) => found.length === 2,
  );
  expect((await rules.now(id)).commentCount).toBe(1);
});

it('asks the condition of the ticket as it is, and leaves no trace where it does not hold', async () => {
  const [, doing] = rules.project.columns as [string, string];
  await rules.create('High', moved(doing), [{ does: 'COMMENT', text: 'High.' }], { condition: 'priority:high assignee:me' });
  const [plain, high] = [await rules.ticket(), await rules.ticket({ priority: 'HIGH', assigneeId: rules.leadId })];
  for (const id of [plain, high]) await rules.move(id, doing);
  await rules.workbench().settle(rules.project.id);
  expect((await rules.firings()).map(({ ticketId, outcome }) => [ticketId, outcome])).toEqual([[high, 'DONE']]);
});

it('fires on what happens from when it was switched on, and not on what happened before', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const rule = await rules.create('Off', moved(), [{ does: 'COMMENT', text: 'Hm.' }], { enabled: false });
  const id = await rules.ticket();
  await rules.move(id, doing);
  await rules.update(rule, { enabled: true });
  await rules.move(id, done);
  const bench = rules.workbench();
  await bench.read(rules.project.id);
  // what was before is no job either
  expect(await bench.work()).toBe(1);
  await bench.settle(rules.project.id);
  expect(await rules.firings()).toHaveLength(1);
});

it('does nothing of an event that waited while its rule was changed, or switched off and on', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const rule = await rules.create('Then', moved(doing), [{ does: 'MOVE', columnId: done }]);
  const timed = await rules.create('Daily', { on: 'SCHEDULE', at: '03:00' }, [{ does: 'COMMENT', text: 'Old.' }]);
  const id = await rules.ticket();
  await rules.move(id, doing);
  await rules.trainyard.database.direct.query('UPDATE rule SET due_at = now() WHERE id = $1', [timed.id]);
  const bench = rules.workbench();
  await bench.read(rules.project.id);
  await bench.rules.lookAtClock();
  await rules.update(rule, { actions: [{ does: 'SET', field: 'priority', value: 'URGENT' }] });
  await rules.update(await rules.update(timed, { enabled: false }), { enabled: true });
  expect(await bench.work()).toBe(2);
  await bench.settle(rules.project.id);
  expect(await rules.firings()).toEqual([]);
  expect(await rules.now(id)).toMatchObject({ columnId: doing, priority: null, commentCount: 0 });
});

it('goes through the tickets of a sprint that starts and ends, each with a firing of its own', async () => {
  const ids = [
    await rules.ticket({ columnId: null, projectId: rules.project.id }),
    await rules.ticket({ columnId: null, projectId: rules.project.id, type: 'BUG' }),
  ];
  await rules.ticket({ columnId: null, projectId: rules.project.id });
  const { createSprint } = await rules.lead.ask<{ createSprint: { id: string } }>(
    'mutation ($input: CreateSprintInput!) { createSprint(input: $input) { id } }',
    { input: { boardId: rules.project.boardId, name: 'Sprint 1', startsOn: '2026-11-30', endsOn: '2026-12-11' } },
  );
  const { id } = createSprint;
  await rules.create('Begun', { on: 'SPRINT_STARTED', each: 'TICKETS' }, [{ does: 'SET', field: 'priority', value: 'HIGH' }]);
  await rules.create('Bugs', { on: 'SPRINT_COMPLETED', each: 'TICKETS' }, [{ does: 'COMMENT', text: 'Left.' }], { condition: 'type:bug' });
  await rules.create('Look back', { on: 'SPRINT_COMPLETED', each: 'PROJECT' }, [{ does: 'CREATE_TICKET', title: 'Retrospective' }]);
  await rules.lead.ask('mutation ($ids: [ID!]!, $id: ID) { planTickets(ids: $ids, sprintId: $id) { id } }', { ids, id });
  await rules.lead.ask('mutation ($id: ID!) { startSprint(id: $id, version: 1) { id } }', { id });
  const bench = rules.workbench();
  await bench.settle(rules.project.id, 2);
  const started = await rules.firings();
  expect(started.map(({ ruleName, ticketId, outcome }) => [ruleName, ticketId, outcome]).toSorted()).toEqual(
    ids.map((one) => ['Begun', one, 'DONE']).toSorted(),
  );
  await rules.lead.ask('mutation ($id: ID!) { completeSprint(id: $id) { id } }', { id });
  await bench.settle(rules.project.id, 2);
  const ended = (await rules.firings()).filter(({ ruleName }) => ruleName !== 'Begun');
  expect(ended.map(({ ruleName, ticketId }) => [ruleName, ticketId]).toSorted()).toEqual([
    ['Bugs', ids[1]],
    ['Look back', null],
  ]);
});

describe('a loop', () => {
  it('of A, B, A stops at the second A and says so once; what has nothing to do with it runs', async () => {
    const [todo, doing, done] = rules.project.columns as [string, string, string];
    await rules.create('A', moved(doing), [{ does: 'MOVE', columnId: done }]);
    await rules.create('B', moved(done), [{ does: 'MOVE', columnId: doing }]);
    await rules.create('C', moved(doing), [{ does: 'COMMENT', text: 'C was here.' }]);
    const id = await rules.ticket({ columnId: todo });
    await rules.move(id, doing);
    await rules.workbench().settle(rules.project.id);
    const found = (await rules.firings()).map(({ outcome, chain, stopped }) => [outcome, stopped ?? [], ...chain].flat().join(' ')).toSorted();
    expect(found).toEqual(['DONE A', 'DONE A B', 'DONE A B C', 'DONE C', 'LOOP AGAIN A B A']);
    expect((await rules.now(id)).columnId).toBe(doing);
    const depths = await rows<{ depth: number }>(
      rules.trainyard.database.direct,
      `SELECT depth FROM activity WHERE scope = $1 AND action = 'MOVED' AND firing_id IS NOT NULL ORDER BY seq`,
      [rules.project.id],
    );
    expect(depths.map(({ depth }) => depth)).toEqual([1, 2]);
  });

  it('through a run that a rule queued is one, though runners know of no rules', async () => {
    await rules.create('Again', { on: 'RUN_ENDED', runStates: ['CANCELLED'] }, [{ does: 'QUEUE_RUN' }]);
    const ticketId = await rules.ticket();
    const run = await buildRun(rules.trainyard, { ticket: { id: ticketId, columnId: '', version: 1, project: rules.project }, member: rules.lead });
    const cancel = (id: string) => rules.lead.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id });
    await cancel(run.id);
    const bench = rules.workbench();
    await bench.settle(rules.project.id);
    const queued = await row<{ id: string }>(rules.trainyard.database.direct, 'SELECT id FROM run WHERE ticket_id = $1 AND id <> $2', [ticketId, run.id]);
    await cancel(queued!.id);
    await bench.settle(rules.project.id);
    expect((await rules.firings()).map(({ outcome }) => outcome)).toEqual(['DONE', 'LOOP']);
  });
});
