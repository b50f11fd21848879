import type { Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { countingSql } from '../../test/count-sql.ts';
import { buildProject, buildTicket, memberOf } from '../../test/factories/board.ts';
import { buildMembership, someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { DONE, FlowStory, type Told } from '../../test/flow-story.ts';
import { until } from '../../test/runs.ts';
import { told, toldByRules, toldInSql } from '../../test/told-reports.ts';
import { hold } from '../../test/locks.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { row, rows } from '../platform/sql/database.ts';
import { held, KeptAnswers, type AskedProject } from './kept-answers.ts';

const story = FlowStory.ofFile();
const kept = (): KeptAnswers => story.trainyard.app.get(KeptAnswers);
const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString();

/** The same random changes each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CHANGES = 12;
/** Of variables that are no id. */
const TYPES: Readonly<Record<string, string>> = {
  version: 'Int!',
  id: 'ID!',
  columnId: 'ID!',
  otherId: 'ID!',
  changes: '[TicketChangeInput!]!',
  ...Object.fromEntries(
    ['UpdateTicketInput', 'CreateTicketInput', 'UpdateProjectInput', 'CalendarDaysInput', 'AddTimeOffInput'].map((name) => [name, `${name}!`]),
  ),
};

it('says after any change what is made anew, to everybody by what they may read', async () => {
  const { trainyard, project } = story;
  const { direct } = trainyard.database;
  const [admin, bob] = [await someone(trainyard, 'ADMIN'), await memberOf(trainyard, project)];
  const foreign = await buildProject(trainyard, { visibility: 'PRIVATE' });
  await buildMembership(trainyard, foreign.teamId, bob.user.id);
  const stranger = await buildTicket(trainyard, { project: foreign });
  // Two months of work, and a sprint that ended.
  const past = Array.from({ length: 40 }, (_, n) => n);
  const tickets: string[] = [];
  for (const n of past) {
    const { id } = await buildTicket(trainyard, { project, columnId: project.columns[n % 2 === 0 ? 3 : 1]! });
    story.call(`t${n}`, id);
    tickets.push(id);
  }
  const epic = (
    await admin.client.ask<{ createTicket: { id: string } }>('mutation($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
      input: { projectId: project.id, title: 'All of it', type: 'EPIC' },
    })
  ).createTicket.id;
  await story.buildSprint('sprint old', day(-30).slice(0, 10), day(-20).slice(0, 10));
  await story.tell([
    ...past.flatMap((n): Told[] => [
      [day(-65 + n), `t${n}`, { type: 'TASK', state: 'OPEN', points: n % 5, ...(n < 8 && { sprintId: story.idOf('sprint old') }) }],
      [day(-60 + n), `t${n}`, { state: 'IN_PROGRESS', columnId: project.columns[1], assigneeId: story.ada.user.id }],
      ...(n % 2 === 0 ? [[day(-58 + n), `t${n}`, { ...DONE, columnId: project.columns[3] }] as Told] : []),
    ]),
    [day(-29.5), 'sprint old', { state: 'RUNNING' }],
    [day(-20), 'sprint old', { state: 'CLOSED' }],
  ]);
  const { createSprint } = await admin.client.ask<{ createSprint: { id: string } }>(
    'mutation($input: CreateSprintInput!) { createSprint(input: $input) { id } }',
    {
      input: { boardId: project.boardId, name: 'Next', startsOn: day(0).slice(0, 10), endsOn: day(10).slice(0, 10) },
    },
  );
  const sprint = createSprint.id;
  const run = await buildRun(trainyard, { ticket: { id: tickets[0]!, columnId: project.columns[3]!, version: 1, project } });
  await direct.query(`UPDATE attempt SET queued_at = $2, started_at = $3 WHERE run_id = $1`, [run.id, day(-60), day(-59.5)]);

  const draw = chance(20_261_130);
  const oneOf = <T>(of: readonly T[]): T => of[draw(of.length)] as T;
  const versionOf = async (table: string, id: string): Promise<number | undefined> =>
    (await row<{ version: number }>(direct, `/* built */ SELECT version FROM ${table} WHERE id = '${id}'`))?.version;
  const send = (mutation: string, variables: object): Promise<{ codes: string[] }> => {
    const types = Object.entries(variables).map(([name, value]) => `$${name}: ${TYPES[name] ?? (Array.isArray(value) ? '[ID!]!' : 'ID')}`);
    return admin.client.send(`mutation(${types.join(', ')}) { ${mutation} }`, { ...variables });
  };
  const versioned = async (table: string, id: string, mutation: string, more: object = {}): Promise<{ codes: string[] }> =>
    send(mutation, { id, version: await versionOf(table, id), ...more });
  const ticket = (UpdateTicketInput: object): Promise<{ codes: string[] }> =>
    versioned('ticket', oneOf(tickets), 'updateTicket(id: $id, version: $version, input: $UpdateTicketInput) { id }', { UpdateTicketInput });
  const ofSprint = (mutation: string): Promise<{ codes: string[] }> => versioned('sprint', sprint, `${mutation} { id }`);
  const ofProject = (UpdateProjectInput: object): Promise<{ codes: string[] }> =>
    versioned('project', project.id, 'updateProject(id: $id, version: $version, input: $UpdateProjectInput) { id }', { UpdateProjectInput });
  const accepted = { codes: [] };
  const firstOf = async (sql: string, parameters: unknown[]): Promise<string> => (await row<{ id: string }>(direct, sql, parameters))!.id;
  const [started, old] = [day(-57.9), day(-57.6)];
  const changes: Record<string, () => Promise<{ codes: string[] }>> = {
    // A runner says what it trains on: no entry of the log.
    device: async () => {
      await direct.query('UPDATE attempt SET device = $2, is_gpu = $3 WHERE run_id = $1 AND ended_at IS NULL', [run.id, `GPU ${draw(100)}`, draw(2) === 0]);
      return accepted;
    },
    cancelled: () => send('cancelRun(id: $id) { id }', { id: run.id }),
    made: () =>
      send('createTicket(input: $CreateTicketInput) { id }', {
        CreateTicketInput: { projectId: project.id, title: 'More', type: 'STORY', points: draw(8), parentId: epic },
      }),
    moved: () => send('moveTicket(id: $id, columnId: $columnId) { id }', { id: oneOf(tickets), columnId: oneOf(project.columns) }),
    estimated: () => ticket({ points: draw(13) }),
    named: () => ticket({ title: `Called ${draw(100)}` }),
    given: () => ticket({ assigneeId: oneOf([story.ada.user.id, bob.user.id, null]) }),
    parent: () => ticket({ parentId: oneOf([epic, null]) }),
    ranked: () => send('changeTickets(changes: $changes) { became }', { changes: [{ id: oneOf(tickets), backlog: { afterId: epic } }] }),
    deleted: async () => {
      const id = oneOf(tickets);
      return versioned('ticket', id, 'deleteTicket(id: $id, version: $version) { id }');
    },
    restored: () => send('restoreTicket(id: $id) { id }', { id: oneOf(tickets) }),
    planned: () =>
      send('planTickets(ids: $ids, sprintId: $s) { id }', { ids: [oneOf(tickets), oneOf(tickets), oneOf(tickets)], s: oneOf([sprint, sprint, null]) }),
    started: () => ofSprint('startSprint(id: $id, version: $version)'),
    completed: () => send('completeSprint(id: $id) { id }', { id: sprint }),
    reopened: () => ofSprint('reopenSprint(id: $id, version: $version)'),
    renamed: () => ofSprint(`updateSprint(id: $id, version: $version, input: { name: "Called ${draw(100)}" })`),
    blocked: () => send('linkTickets(id: $id, otherId: $otherId, side: BLOCKED_BY) { id }', { id: tickets[5], otherId: tickets[6] }),
    zone: () => ofProject({ timeZone: oneOf(['Asia/Shanghai', 'Pacific/Kiritimati']) }),
    calendar: async () => {
      const id = await firstOf('SELECT calendar_id AS id FROM project WHERE id = $1', [project.id]);
      // One of the last Wednesdays.
      const wednesday = day(-((new Date().getUTCDay() + 4) % 7) - 7 * draw(8)).slice(0, 10);
      return versioned('calendar', id, 'changeCalendarDays(id: $id, version: $version, input: $CalendarDaysInput) { id }', {
        CalendarDaysInput: { name: [{ day: wednesday, works: draw(4) === 0, name: 'Named' }] },
      });
    },
    away: () =>
      send('addTimeOff(input: $AddTimeOffInput) { id }', {
        AddTimeOffInput: ((from) => ({ userId: story.ada.user.id, fromDate: day(from).slice(0, 10), toDate: day(from + 2).slice(0, 10) }))(draw(36) - 58),
      }),
    back: async () => {
      const id = await firstOf('SELECT id FROM time_off WHERE user_id = $1 LIMIT 1', [story.ada.user.id]);
      return versioned('time_off', id, 'removeTimeOff(id: $id, version: $version)');
    },
    'calendar chosen': async () => ofProject({ calendarId: oneOf(await rows<{ id: string }>(direct, 'SELECT id FROM calendar ORDER BY key, id')).id }),
    // What another project's ticket became, and who may know of it.
    'blocked from elsewhere': async () => {
      await story.tell([
        [started, 't2', { blockedBy: stranger.id }],
        [old, 't2', { points: 1 }],
      ]);
      return accepted;
    },
    'the blocker moves': () => send('moveTicket(id: $id, columnId: $columnId) { id }', { id: stranger.id, columnId: foreign.columns[1] }),
    'the blocker is hidden': () => versioned('project', foreign.id, 'deleteProject(id: $id, version: $version) { id }'),
    left: async () => {
      const id = await firstOf('SELECT id FROM membership WHERE team_id = $1 AND user_id = $2', [project.teamId, bob.user.id]);
      return versioned('membership', id, 'removeMembership(id: $id, version: $version)');
    },
  };
  const names = Object.keys(changes);
  const asked = { p: project.id, s: sprint, then: day(-15), until: day(30).slice(0, 10) };
  const readers = { ada: story.ada.client, bob: bob.client };
  const done: string[] = [];
  for (let each = 0; each < CHANGES; each += 1) {
    // Each of them once, then by chance.
    const name = names[each] ?? oneOf(names);
    const { codes } = await changes[name]!();
    if (each < names.length) expect([name, codes]).toEqual([name, []]);
    done.push(name);
    // What is told in between, while the reader has not come so far, is told to nobody later.
    await told(oneOf(Object.values(readers)), asked);
    await story.read();
    await story.read(foreign.id);
    await told(story.ada.client, asked);
    const answers = { bob: await told(bob.client, asked), ada: await told(story.ada.client, asked) };
    expect([done, answers.ada.filter((answer) => /"codes":\["/.test(answer))]).toEqual([done, []]);
    expect([done, await toldInSql(story.ada.client, project.id)]).toEqual([done, await toldByRules(story.ada.client, project.id)]);
    for (const reader of ['ada', 'bob'] as const) {
      kept().clear();
      expect([done, reader, answers[reader]]).toEqual([done, reader, await told(readers[reader], asked)]);
    }
  }
}, 480_000);

describe('an answer that is kept', () => {
  const actor: Actor = { userId: randomUUID(), orgRole: 'OWNER', teams: {}, scopes: null };
  const PICTURE = 'query($p: ID!) { projectFlow(projectId: $p) { days { reached } cycleTimes { n } ageing { columns { n } } efficiency { n } } }';

  it('is told again without reading more than the state, and never to somebody who may not read', async () => {
    await story.tell([
      [day(-3), 'x', { type: 'TASK', state: 'IN_PROGRESS' }],
      [day(-2), 'x', DONE],
    ]);
    const first = await story.ada.client.ask(PICTURE, { p: story.project.id });
    const counting = countingSql(story.trainyard);
    expect(await story.ada.client.ask(PICTURE, { p: story.project.id })).toEqual(first);
    counting.stop();
    expect(counting.statements.filter((sql) => /flow_item|ticket_span s|FROM calendar/.test(sql))).toEqual([]);
    const stranger = await someone(story.trainyard);
    expect((await stranger.client.send(PICTURE, { p: story.project.id })).codes).toEqual(['NOT_FOUND']);
    await story.trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [story.ada.user.id]);
    expect((await story.ada.client.send(PICTURE, { p: story.project.id })).codes).toEqual(['NOT_FOUND']);
  });

  it('is made once for two who ask at once, an error is not kept, and a state that depends on the moment keeps nothing', async () => {
    const project = await kept().project(actor, story.project.id);
    const other: AskedProject = { ...project, by: { ...actor, userId: randomUUID() } };
    let made = 0;
    let go = Promise.withResolvers<void>();
    const make = async () => {
      made += 1;
      await go.promise;
      if (made === 1) throw new Error('the first time');
      return held({ made });
    };
    const both = async (): Promise<PromiseSettledResult<{ made: number }>[]> => {
      go = Promise.withResolvers();
      const before = made;
      const first = kept().answer(project, ['a'], make);
      await until(
        () => story.trainyard.database.direct.query('SELECT 1'),
        () => made > before,
      );
      const second = kept().answer(other, ['a'], make);
      go.resolve();
      return Promise.allSettled([first, second]);
    };
    expect([(await both()).map(({ status }) => status), made]).toEqual([['rejected', 'rejected'], 1]);
    expect((await both()).map((one) => one.status === 'fulfilled' && one.value)).toEqual([{ made: 2 }, { made: 2 }]);
    expect(await kept().answer(project, ['a'], make)).toEqual({ made: 2 });
    expect(await kept().answer(project, ['b'], make)).toEqual({ made: 3 });
    expect(await kept().answer({ ...project, state: 'another' }, ['a'], make)).toEqual({ made: 4 });
    const moment: AskedProject = { ...project, state: null };
    expect([await kept().answer(moment, ['a'], make), await kept().answer(moment, ['a'], make)]).toEqual([{ made: 5 }, { made: 6 }]);
    const open = async () => ({ ...(await make()), holds: false });
    expect([await kept().answer(project, ['c'], open), await kept().answer(project, ['c'], open)]).toEqual([{ made: 7 }, { made: 8 }]);
  });

  it('is made one at a time of each person, and two at a time of all; nobody waits for what waits in the line of another', async () => {
    const project = await kept().project(actor, story.project.id);
    const of = (userId: string): AskedProject => ({ ...project, by: { ...actor, userId } });
    const [greedy, ...others] = [of(randomUUID()), of(randomUUID()), of(randomUUID())] as const;
    const open: (() => void)[] = [];
    let most = 0;
    let running = 0;
    const told: string[] = [];
    const ask = async (by: AskedProject, question: string): Promise<void> => {
      const name = await kept().answer(by, [question], async () => {
        most = Math.max(most, (running += 1));
        told.push(question);
        await new Promise<void>((resolve) => void open.push(resolve));
        running -= 1;
        return held(question);
      });
      expect(name).toBe(question);
    };
    const asked = ['p', 'q', 'r', 's'].map((question) => ask(greedy, question));
    const toldSoFar = (): Promise<string[]> => story.trainyard.database.direct.query('SELECT 1').then(() => told);
    await until(toldSoFar, ({ length }) => length === 1);
    // The same as stands third in a line of another.
    asked.push(ask(others[0], 'r'));
    await until(toldSoFar, ({ length }) => length === 2);
    asked.push(ask(others[1], 't'));
    expect(await toldSoFar()).toEqual(['p', 'r']);
    let isOver = false;
    const over = Promise.all(asked).then(() => (isOver = true));
    while (!isOver) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await over;
    // What was made meanwhile is told in its turn, and not made again.
    expect([most, told.toSorted()]).toEqual([2, ['p', 'q', 'r', 's', 't']]);
  });

  it('makes room for others: what was asked least lately goes, and what is too large is not kept', async () => {
    const project = await kept().project(actor, story.project.id);
    let made = 0;
    const ask = async (name: string, length: number): Promise<number> => {
      const before = made;
      await kept().answer(project, [name], () => {
        made += 1;
        return Promise.resolve(held('x'.repeat(length)));
      });
      return made - before;
    };
    const MEGABYTE = 1024 ** 2;
    for (let n = 0; n < 10; n += 1) await ask(`n${n}`, 3 * MEGABYTE);
    expect(await ask('n0', 3 * MEGABYTE)).toBe(0);
    await ask('more', 3 * MEGABYTE);
    expect([await ask('n0', 3 * MEGABYTE), await ask('n1', 3 * MEGABYTE)]).toEqual([0, 1]);
    expect([await ask('large', 5 * MEGABYTE), await ask('large', 5 * MEGABYTE), await ask('n0', 3 * MEGABYTE)]).toEqual([1, 1, 0]);
    kept().clear();
    for (let n = 0; n < 1_001; n += 1) await ask(`small ${n}`, 1);
    expect([await ask('small 1', 1), await ask('small 0', 1)]).toEqual([0, 1]);
  });

  it('is not told again after a change that the reader of the log has not come to', async () => {
    const id = await story.buildSprint('sprint', '2026-10-26', '2026-11-06');
    const names = async (): Promise<string[]> =>
      (
        await story.ada.client.ask<{ projectVelocity: { sprints: { name: string }[] } }>(
          'query($p: ID!) { projectVelocity(projectId: $p) { sprints { name } } }',
          {
            p: story.project.id,
          },
        )
      ).projectVelocity.sprints.map(({ name }) => name);
    await story.tell([
      ['2026-10-26T09:00-04:00', 'sprint', { state: 'RUNNING' }],
      ['2026-10-30T18:00-04:00', 'sprint', { state: 'CLOSED' }],
    ]);
    const letGo = await hold(story.trainyard, (tx) => tx.query(`SELECT FROM log_position WHERE scope = $1 AND reader = 'flow' FOR UPDATE`, [story.project.id]));
    expect(await names()).toEqual(['sprint']);
    await story.trainyard.database.transaction(async (tx) => {
      await tx.query(`UPDATE sprint SET name = 'Another' WHERE id = $1`, [id]);
      await story.trainyard.app
        .get(ActivityLog)
        .append(tx, story.project.id, null, [{ entity: 'SPRINT', entityId: id, action: 'UPDATED', changes: { name: { from: 'sprint', to: 'Another' } } }]);
    });
    expect(await names()).toEqual(['Another']);
    await letGo();
  });

  it('is not kept while the log tells of what is to come, and made anew after its past was', async () => {
    await story.tell([[new Date(Date.now() + 2_000).toISOString(), 'x', { type: 'TASK', state: 'OPEN' }]]);
    const state = async (): Promise<string | null> => (await kept().project(actor, story.project.id)).state;
    expect(await state()).toBeNull();
    const before = await until(state, (told) => told !== null);
    await story.trainyard.database.direct.query(`UPDATE log_position SET seq = seq WHERE scope = $1 AND reader = 'flow'`, [story.project.id]);
    expect(await state()).not.toBe(before);
  });
});
