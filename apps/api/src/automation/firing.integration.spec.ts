import { randomUUID } from 'node:crypto';
import { buildLabel, memberOf, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { TestRules } from '../../test/rules.ts';
import { until } from '../../test/runs.ts';
import { row, rows } from '../platform/sql/database.ts';

const rules = TestRules.ofFile();
const moved = (columnId: string | null = null): object => ({ on: 'MOVED', columnId });

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
  const killed = rules.trainyard.database.transaction(async (tx) => {
    await (bench.firing as unknown as { fireIn: (tx: unknown, due: unknown) => Promise<unknown> }).fireIn(tx, job!.payload);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
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
  await rules.workbench().settle(rules.project.id);
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

describe('a loop', () => {
  it('of A, B, A stops at the second A and says so once; what has nothing to do with it runs', async () => {
    const [todo, doing, done] = rules.project.columns as [string, string, string];
    await rules.create('A', moved(doing), [{ does: 'MOVE', columnId: done }]);
    await rules.create('B', moved(done), [{ does: 'MOVE', columnId: doing }]);
    await rules.create('C', moved(doing), [{ does: 'COMMENT', text: 'C was here.' }]);
    const id = await rules.ticket({ columnId: todo });
    await rules.move(id, doing);
    await rules.workbench().settle(rules.project.id);
    const found = (await rules.firings()).map(({ outcome, chain }) => `${outcome} ${chain.join(' ')}`).toSorted();
    expect(found).toEqual(['DONE A', 'DONE A B', 'DONE A B C', 'DONE C', 'LOOP A B A']);
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

describe('what cannot be done', () => {
  it('is not done in part: the firing says why', async () => {
    const [, doing, done] = rules.project.columns as [string, string, string];
    await rules.trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 1, wip_policy = 'REFUSE' WHERE id = $1`, [done]);
    await rules.ticket({ columnId: done });
    await rules.create('Full', moved(doing), [
      { does: 'MOVE', columnId: done },
      { does: 'COMMENT', text: 'Done.' },
    ]);
    const id = await rules.ticket();
    await rules.move(id, doing);
    await rules.workbench().settle(rules.project.id, 2);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'WIP_LIMIT_REACHED' }, changes: [] }]);
    expect(await rules.now(id)).toMatchObject({ columnId: doing, commentCount: 0 });
  });

  it('is a run of a ticket that has none', async () => {
    await rules.create('Train', { on: 'TICKET_CREATED' }, [{ does: 'QUEUE_RUN' }]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RUN_NOT_REPEATABLE' } }]);
  });

  it('is what names a label that was deleted: the rule is shown as broken, and is not silent', async () => {
    const labelId = await buildLabel(rules.trainyard, rules.project.id, 'doomed');
    const rule = await rules.create('Label', { on: 'TICKET_CREATED' }, [{ does: 'ADD_LABEL', labelId }], { condition: '-label:doomed' });
    expect(rule.faults).toEqual([]);
    await rules.lead.ask('mutation ($id: ID!) { deleteLabel(id: $id, version: 1) }', { id: labelId });
    expect((await rules.rule(rule.id)).faults).toEqual([
      { kind: 'NAME', field: 'label', value: 'doomed' },
      { kind: 'LABEL', field: null, value: labelId },
    ]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([
      { outcome: 'REFUSED', reason: { code: 'RULE_BROKEN', params: { kind: 'NAME', of: 'label', value: 'doomed' } } },
    ]);
  });

  it('is a condition that is no query any more', async () => {
    const rule = await rules.create('Old words', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET condition = 'colour:blue' WHERE id = $1`, [rule.id]);
    expect((await rules.rule(rule.id)).faults).toEqual([{ kind: 'QUERY', field: 'colour', value: 'UNKNOWN_FIELD' }]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RULE_BROKEN' } }]);
  });

  it('is refused when it is written down', async () => {
    const create = (trigger: object, actions: object[], condition = ''): Promise<unknown> => rules.create('No', trigger, actions, { condition });
    const comment = [{ does: 'COMMENT', text: 'Hm.' }];
    await expect(create({ on: 'TICKET_CREATED' }, [])).rejects.toThrow('BAD_INPUT');
    await expect(create({ on: 'TICKET_CREATED' }, comment, 'colour:blue')).rejects.toThrow('UNKNOWN_FIELD');
    await expect(create({ on: 'TICKET_CREATED' }, comment, 'sort:points')).rejects.toThrow('NO_CONDITION');
    await expect(create({ on: 'MOVED', columnId: randomUUID() }, comment)).rejects.toThrow('RULE_BROKEN');
    await expect(create({ on: 'SCHEDULE', at: '25:00' }, comment)).rejects.toThrow('NOT_A_TIME');
    await expect(create({ on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, comment)).rejects.toThrow('NEEDS_TICKET');
    await expect(create({ on: 'TICKET_CREATED' }, [{ does: 'SET', field: 'points', value: '1000000000' }])).rejects.toThrow('actions.0.value');
  });
});

describe('what fails', () => {
  it('to the last try is said', async () => {
    const { direct } = rules.trainyard.database;
    const rule = await rules.create('Defect', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.read(rules.project.id);
    const [job] = await rows<{ payload: never }>(direct, `DELETE FROM job_outbox WHERE name = 'rule' RETURNING payload`);
    // what this program does not understand
    await direct.query(`UPDATE rule SET actions = '[null]' WHERE id = $1`, [rule.id]);
    await expect(bench.rules.run(job!.payload)).rejects.toThrow(TypeError);
    expect(await rules.firings()).toEqual([]);
    await expect(bench.rules.run(job!.payload, true)).rejects.toThrow(TypeError);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'INTERNAL' } }]);
  });

  it('as long as a rule is broken is said once', async () => {
    const rule = await rules.create('Old words', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET condition = 'colour:blue' WHERE id = $1`, [rule.id]);
    await rules.ticket();
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RULE_BROKEN' } }]);
  });
});

describe('who is told', () => {
  it('is whoever the rule assigned, and somebody who may not read the project is refused', async () => {
    const [member, stranger] = [await memberOf(rules.trainyard, rules.project), await someone(rules.trainyard)];
    await rules.create('Assign', { on: 'TICKET_CREATED' }, [
      { does: 'SET', field: 'assigneeId', value: member.user.id },
      { does: 'NOTIFY', who: 'ASSIGNEE', text: 'Yours.' },
    ]);
    await rules.create('Stranger', { on: 'TICKET_CREATED' }, [{ does: 'NOTIFY', who: 'PERSON', personId: stranger.user.id, text: 'Look.' }]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.settle(rules.project.id);
    await bench.tell(rules.project.id);
    const { inbox } = await member.client.ask<{ inbox: { nodes: { text: string | null }[] } }>('{ inbox(first: 10) { nodes { text } } }');
    expect(inbox.nodes).toContainEqual({ text: 'Yours.' });
    const found = (await rules.firings()).map(({ ruleName, outcome, reason }) => [ruleName, outcome, reason?.params ?? null]);
    expect(found.toSorted()).toEqual([
      ['Assign', 'DONE', null],
      ['Stranger', 'REFUSED', { field: 'personId', reason: 'UNKNOWN' }],
    ]);
  });
});

describe('the owner', () => {
  it('who may not do one of its deeds has it refused, though whoever caused it may', async () => {
    const [, doing] = rules.project.columns as [string, string];
    const rule = await rules.create('Mine', moved(doing), [{ does: 'SET', field: 'priority', value: 'LOW' }]);
    expect(rule.owner?.id).toBe(rules.leadId);
    const admin = await memberOf(rules.trainyard, rules.project, 'LEAD');
    const id = await rules.ticket();
    await rules.trainyard.database.direct.query(`UPDATE membership SET team_role = 'MEMBER' WHERE user_id = $1`, [rules.leadId]);
    await rules.move(id, doing, admin.client);
    await rules.workbench().settle(rules.project.id);
    // demoted: switched off, with a row of the log, and both leads and owner are told
    expect(await rules.rule(rule.id)).toMatchObject({ enabled: false, offReason: 'RIGHT_LOST', version: 2 });
    expect((await rules.now(id)).priority).toBeNull();
    expect(await rules.firings()).toEqual([]);
    const bench = rules.workbench();
    await bench.tell(rules.project.id);
    for (const [client, why] of [
      [rules.lead, 'OWNER'],
      [admin.client, 'LEAD'],
    ] as const) {
      const { inbox } = await client.ask<{ inbox: { nodes: object[] } }>('{ inbox(first: 10) { nodes { reason why ruleName ticketKey projectKey } } }');
      expect(inbox.nodes).toContainEqual({ reason: 'RULE_OFF', why, ruleName: 'Mine', ticketKey: null, projectKey: rules.project.key });
    }
    // whoever switches it on again is its owner
    expect(await rules.update({ id: rule.id, version: 2 }, { enabled: true }, admin.client)).toMatchObject({
      enabled: true,
      offReason: null,
      owner: { id: admin.user.id },
    });
  });

  it('whose account is disabled has it switched off by the clock, before it fires', async () => {
    const rule = await rules.create('Gone', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    const other = await memberOf(rules.trainyard, rules.project, 'LEAD');
    await rules.trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [rules.leadId]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.rules.lookAtClock();
    const { rule: now } = await other.client.ask<{ rule: object }>('query ($id: ID!) { rule(id: $id) { enabled offReason version } }', { id: rule.id });
    expect(now).toEqual({ enabled: false, offReason: 'OWNER_GONE', version: 2 });
  });

  it('is told by a rule of their own, and others only where it names them', async () => {
    const member = await memberOf(rules.trainyard, rules.project);
    await rules.create('Tell', { on: 'TICKET_CREATED' }, [
      { does: 'NOTIFY', who: 'AUTHOR', text: 'It was made.' },
      { does: 'NOTIFY', who: 'PERSON', personId: member.user.id, text: 'Look.' },
    ]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.settle(rules.project.id);
    await bench.tell(rules.project.id);
    for (const [client, text] of [
      [rules.lead, 'It was made.'],
      [member.client, 'Look.'],
    ] as const) {
      const { inbox } = await client.ask<{ inbox: { nodes: object[] } }>('{ inbox(first: 10) { nodes { reason why text ruleName } } }');
      expect(inbox.nodes).toEqual([{ reason: 'RULE', why: 'NAMED', text, ruleName: 'Tell' }]);
    }
  });
});

describe('a schedule', () => {
  it('that was due while no worker ran is done once, for each ticket that it finds, and is due again in the zone of the project', async () => {
    const rule = await rules.create('Nightly', { on: 'SCHEDULE', at: '03:00' }, [{ does: 'SET', field: 'priority', value: 'LOW' }], {
      condition: 'state:open',
    });
    const ids = [await rules.ticket(), await rules.ticket()];
    await rules.ticket({ columnId: rules.project.columns.at(-1) });
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() - interval '3 days' WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    await Promise.all([bench.rules.lookAtClock(), bench.rules.lookAtClock()]);
    await bench.settle(rules.project.id, 2);
    const found = await rules.firings();
    expect(found.map(({ ticketId }) => ticketId).toSorted()).toEqual(ids.toSorted());
    expect(found.map(({ outcome, causedBy }) => [outcome, causedBy])).toEqual([
      ['DONE', null],
      ['DONE', null],
    ]);
    const due = new Date((await rules.rule(rule.id)).dueAt!);
    expect([due.getUTCHours(), due.getTime() > Date.now()]).toEqual([3, true]);
    // the same time of another zone
    await rules.trainyard.database.direct.query(`UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1`, [rules.project.id]);
    await bench.rules.lookAtClock();
    expect(new Date((await rules.rule(rule.id)).dueAt!).getUTCHours()).toBe(19);
    expect(await bench.work()).toBe(0);
  });

  it('that is overdue is done, though it was only called otherwise meanwhile', async () => {
    const rule = await rules.create('Daily', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, [{ does: 'CREATE_TICKET', title: 'Stand-up' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() - interval '1 hour' WHERE id = $1`, [rule.id]);
    await rules.update(rule, { name: 'Each day' });
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'DONE', ruleName: 'Each day' }]);
  });

  it('is for all tickets that it finds, in as many jobs as that takes', async () => {
    const rule = await rules.create('All', { on: 'SCHEDULE', at: '03:00' }, [{ does: 'SET', field: 'priority', value: 'LOW' }]);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await rules.ticket());
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    bench.rules.ticketsEach = 2;
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id, 2);
    const found = await rules.firings();
    expect(found.map(({ ticketId, outcome }) => `${ticketId} ${outcome}`).toSorted()).toEqual(ids.map((id) => `${id} DONE`).toSorted());
  });

  it('misses its times while its project is archived, and one that cannot be counted stops no other', async () => {
    const { direct } = rules.trainyard.database;
    const made = [{ does: 'CREATE_TICKET', title: 'Stand-up' }];
    const rule = await rules.create('Daily', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, made);
    const broken = await rules.create('Broken', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, made);
    await direct.query(
      `UPDATE rule SET trigger = '{"on":"SCHEDULE","each":"PROJECT","weekday":9,"at":"03:00"}', due_at = now() - interval '2 days' WHERE id = $1`,
      [broken.id],
    );
    await direct.query(`UPDATE rule SET due_at = now() - interval '1 day' WHERE id = $1`, [rule.id]);
    await direct.query(`UPDATE project SET state = 'ARCHIVED', archived_at = now() WHERE id = $1`, [rules.project.id]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await direct.query(`UPDATE project SET state = 'ACTIVE', archived_at = NULL WHERE id = $1`, [rules.project.id]);
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toEqual([]);
    await direct.query(`UPDATE rule SET due_at = now() - interval '1 day' WHERE id = $1`, [rule.id]);
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ ruleName: 'Daily', outcome: 'DONE' }]);
  });

  it('can be for the project once', async () => {
    const rule = await rules.create('Weekly', { on: 'SCHEDULE', at: '09:00', weekday: 1, each: 'PROJECT' }, [
      { does: 'CREATE_TICKET', title: 'Retrospective' },
    ]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id, 2);
    expect(await rules.firings()).toMatchObject([{ outcome: 'DONE', ticketId: null, changes: [{ entity: 'TICKET', action: 'CREATED' }] }]);
  });
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

it('says nothing of a project that one may not read, and lets who may only read it look', async () => {
  await rules.create('Secret', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
  const stranger = await someone(rules.trainyard);
  const ask = 'query ($id: ID!) { rules(projectId: $id) { name } ruleFirings(projectId: $id, first: 1) { nodes { id } } }';
  await expect(stranger.client.ask(ask, { id: rules.project.id })).rejects.toThrow('NOT_FOUND');
  const viewer = await memberOf(rules.trainyard, rules.project, 'VIEWER');
  expect(await viewer.client.ask(ask, { id: rules.project.id })).toMatchObject({ rules: [{ name: 'Secret' }] });
  await expect(rules.create('No', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }], {}, viewer.client)).rejects.toThrow('FORBIDDEN');
});
