import fc from 'fast-check';
import { parse } from '../query/parse.ts';
import type { Query } from '../query/query.ts';
import { TICKET_FIELDS } from '../ticket/fields.ts';
import { CHAIN_MAX, chainedTo, isLoop, loopReason, type Chain } from './chain.ts';
import { checkedActions, checkedTrigger, type ActionAsked } from './checked-rule.ts';
import { holds, type NamesNow } from './condition.ts';
import { instantOf, nextDue } from './due.ts';
import { effectOf } from './effect.ts';
import { faultsIn, peopleNamedIn } from './faults.ts';
import { rehearse, REHEARSED_MAX, rehearsedTickets, rehearsing, type Past, type PastEntry } from './rehearse.ts';
import type { RuleAction, Trigger } from './rule.ts';
import { afterEntry, beforeEntry, type TicketEntry, type TicketThen } from './ticket-then.ts';
import { isTriggered, loopsThrough, type Happened } from './trigger.ts';

const AT = Date.parse('2026-11-20T10:00:00Z');
const ticket = (overrides: Partial<TicketThen> = {}): TicketThen => ({
  ...{ id: 't', number: 7, title: 'Loss grows', type: 'BUG', priority: null, parentId: null, stage: null, points: null, deviceHours: null },
  ...{ startDate: null, dueDate: null, assigneeId: null, labelIds: [], columnId: 'todo', sprintId: null, state: 'OPEN', resolution: null },
  ...{ deleted: false, authorId: 'ada', createdAt: AT, updatedAt: AT, enteredAt: AT, endedAt: null, comments: 0, files: 0, run: null, blocked: false },
  ...overrides,
});
const query = (text: string): Query => {
  const parsed = parse(text, TICKET_FIELDS);
  if (!parsed.ok) throw new Error(text);
  return parsed.query;
};
const happened = (changes: Happened['changes'], overrides: Partial<Happened> = {}): Happened => ({
  entity: 'TICKET',
  action: 'UPDATED',
  changes,
  ...overrides,
});

describe('an event', () => {
  const moved = (from: string | null, to: string | null, state: object = {}): Happened => happened({ columnId: { from, to }, ...state }, { action: 'MOVED' });
  it.each<[string, Trigger, Happened, boolean]>([
    ['made', { on: 'TICKET_CREATED' }, happened({ title: { from: null, to: 'x' } }, { action: 'CREATED' }), true],
    ['brought back', { on: 'TICKET_CREATED' }, happened({ restored: { from: false, to: true } }, { action: 'CREATED' }), false],
    ['changed', { on: 'FIELD_CHANGED', field: 'priority', to: null }, happened({ priority: { from: null, to: 'LOW' } }), true],
    ['changed to another', { on: 'FIELD_CHANGED', field: 'priority', to: 'HIGH' }, happened({ priority: { from: null, to: 'LOW' } }), false],
    ['changed elsewhere', { on: 'FIELD_CHANGED', field: 'priority', to: null }, happened({ points: { from: null, to: 1 } }), false],
    ['labelled', { on: 'FIELD_CHANGED', field: 'labelIds', to: 'b' }, happened({ labelIds: { from: ['a'], to: ['a', 'b'] } }), true],
    ['labelled before', { on: 'FIELD_CHANGED', field: 'labelIds', to: 'a' }, happened({ labelIds: { from: ['a'], to: ['a', 'b'] } }), false],
    ['moved', { on: 'MOVED', columnId: 'doing', state: null }, moved('todo', 'doing'), true],
    ['moved elsewhere', { on: 'MOVED', columnId: 'doing', state: null }, moved('doing', 'todo'), false],
    ['moved within', { on: 'MOVED', columnId: null, state: null }, moved('todo', 'todo'), false],
    ['moved to a state', { on: 'MOVED', columnId: null, state: 'DONE' }, moved('todo', 'done', { state: { from: 'OPEN', to: 'DONE' } }), true],
    ['moved in a state', { on: 'MOVED', columnId: null, state: 'DONE' }, moved('done', 'shipped'), false],
    ['ended', { on: 'RUN_ENDED', runStates: ['FAILED'] }, happened({ state: { from: 'RUNNING', to: 'FAILED' } }, { entity: 'RUN' }), true],
    ['ended well', { on: 'RUN_ENDED', runStates: ['FAILED'] }, happened({ state: { from: 'RUNNING', to: 'SUCCEEDED' } }, { entity: 'RUN' }), false],
    ['started', { on: 'SPRINT_STARTED', each: 'PROJECT' }, happened({ state: { from: 'PLANNED', to: 'RUNNING' } }, { entity: 'SPRINT' }), true],
    ['reopened', { on: 'SPRINT_STARTED', each: 'PROJECT' }, happened({ state: { from: 'CLOSED', to: 'RUNNING' } }, { entity: 'SPRINT' }), false],
  ])('%s', (_, trigger, entry, expected) => expect(isTriggered(trigger, entry)).toBe(expected));
});

describe('a chain', () => {
  it('stops where a rule stood before, and at last when it is too long', () => {
    const a = chainedTo('a', null, '7');
    const b = chainedTo('b', a, '8');
    expect(b).toEqual({ rules: ['a', 'b'], root: '7' });
    expect([isLoop('a', null), isLoop('a', a), isLoop('a', b), isLoop('c', b)]).toEqual([false, true, true, false]);
    const long = { rules: Array.from({ length: CHAIN_MAX }, (_, i) => `r${i}`), root: '1' };
    expect([isLoop('new', long), isLoop('new', { ...long, rules: long.rules.slice(1) })]).toEqual([true, false]);
    const why = (ruleId: string, before: Chain = long): string => loopReason(chainedTo(ruleId, before, '').rules);
    expect([why('a', b), why('r3'), why('new'), why('new', { ...long, rules: long.rules.slice(1) })]).toEqual(['AGAIN', 'AGAIN', 'LONG', 'OFTEN']);
  });

  it('is found before it runs: every way through a rule that leads back to it', () => {
    const move = (columnId: string): RuleAction[] => [{ does: 'MOVE', columnId }];
    const on = (columnId: string): Trigger => ({ on: 'MOVED', columnId, state: null });
    const rules = [
      { id: 'b', trigger: on('done'), actions: move('todo') },
      { id: 'c', trigger: on('todo'), actions: move('doing') },
      { id: 'd', trigger: { on: 'COMMENT_ADDED' } as Trigger, actions: move('done') },
    ];
    const columns = new Map([
      ['todo', 'TODO'],
      ['doing', 'DOING'],
      ['done', 'DONE'],
    ] as const);
    expect(loopsThrough({ id: 'a', trigger: on('doing'), actions: move('done') }, rules, columns)).toEqual([['a', 'b', 'c']]);
    expect(loopsThrough({ id: 'a', trigger: { on: 'MOVED', columnId: null, state: 'DONE' }, actions: move('done') }, [], columns)).toEqual([['a']]);
    expect(loopsThrough({ id: 'a', trigger: on('doing'), actions: [{ does: 'COMMENT', text: 'x' }] }, rules, columns)).toEqual([['a', 'd', 'b', 'c']]);
    expect(loopsThrough({ id: 'a', trigger: on('doing'), actions: [{ does: 'QUEUE_RUN' }] }, rules, columns)).toEqual([]);
  });
});

describe('a time', () => {
  it.each([
    ['03:00', null, '2026-11-20T02:59:59Z', 'UTC', '2026-11-20T03:00:00Z'],
    ['03:00', null, '2026-11-20T03:00:00Z', 'UTC', '2026-11-21T03:00:00Z'],
    ['09:00', 1, '2026-11-20T10:00:00Z', 'Asia/Shanghai', '2026-11-23T01:00:00Z'],
    // clocks go from 2:00 to 3:00: 2:30 is left out, and is due at the first instant behind it
    ['02:30', null, '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    // clocks go from 3:00 back to 2:00: the first 2:30 of both
    ['02:30', null, '2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ])('%s (weekday %s) after %s in %s is %s', (at, weekday, after, zone, expected) =>
    expect(nextDue({ at, weekday }, new Date(after), zone)).toEqual(new Date(expected)),
  );

  it('is the first instant at which clocks show it, or more', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai');
    const minutes = fc.integer({ min: 0, max: 1439 }).map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
    const after = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, minutes, after, (zone, at, when) => {
        const due = nextDue({ at, weekday: null }, when, zone);
        expect(due.getTime()).toBeGreaterThan(when.getTime());
        expect(due.getTime() - when.getTime()).toBeLessThanOrEqual(49 * 3_600_000);
        const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).format(due);
        expect(shown >= at).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(instantOf('2026-11-20', '00:00', 'Asia/Shanghai')).toEqual(new Date('2026-11-19T16:00:00Z'));
  });
});

describe('what a rule says', () => {
  const ON: Trigger = { on: 'TICKET_CREATED' };
  it.each<[string, readonly ActionAsked[], string]>([
    ['nothing', [], 'EMPTY'],
    ['a field that there is not', [{ does: 'SET', field: 'colour', value: 'x' }], 'UNKNOWN'],
    ['points that are none', [{ does: 'SET', field: 'points', value: '1e9' }], 'UNKNOWN'],
    ['an estimate of nothing', [{ does: 'SET', field: 'points', value: ' ' }], 'UNKNOWN'],
    ['one thing twice', [{ does: 'MOVE', columnId: 'a' }, { does: 'MOVE', columnId: 'b' }], 'TWICE'], // prettier-ignore
    ['a label both ways', [{ does: 'ADD_LABEL', labelId: 'a' }, { does: 'REMOVE_LABEL', labelId: 'a' }], 'TWICE'], // prettier-ignore
    ['an empty comment', [{ does: 'COMMENT', text: '  ' }], 'EMPTY'],
    ['nobody to tell', [{ does: 'NOTIFY', who: 'PERSON' }], 'REQUIRED'],
  ])('is refused where it is %s', (_, asked, reason) => expect(checkedActions(asked, ON)).toMatchObject({ ok: false, params: { reason } }));

  it('is kept without what a kind does not have', () => {
    expect(checkedTrigger({ on: 'SCHEDULE', at: '03:00', columnId: 'x', field: 'y' })).toEqual({
      ok: true,
      trigger: { on: 'SCHEDULE', each: 'TICKETS', weekday: null, at: '03:00' },
    });
    expect(checkedActions([{ does: 'SET', field: 'points', value: '2.5', text: 'x' }], ON)).toEqual({
      ok: true,
      actions: [{ does: 'SET', field: 'points', value: 2.5 }],
    });
  });

  it('does to a ticket what it has not already', () => {
    const actions: RuleAction[] = [
      { does: 'MOVE', columnId: 'done' },
      { does: 'SET', field: 'priority', value: null },
      { does: 'ADD_LABEL', labelId: 'a' },
      { does: 'REMOVE_LABEL', labelId: 'b' },
      { does: 'COMMENT', text: 'x' },
    ];
    expect(effectOf(actions, ticket({ priority: 'LOW', labelIds: ['b'] }))).toEqual([
      { field: 'columnId', from: 'todo', to: 'done' },
      { field: 'priority', from: 'LOW', to: null },
      { field: 'labelIds', from: ['b'], to: ['a'] },
    ]);
    expect(effectOf(actions, ticket({ columnId: 'done', labelIds: ['a'] }))).toEqual([]);
  });

  it('is broken by each thing that is gone', () => {
    const world = {
      columns: new Map([['todo', { name: 'To do', board: 'Main' }]]),
      boards: new Map<string, string>(),
      labels: new Map([['l', 'Ready']]),
      sprints: new Map<string, string>(),
      people: new Map([['ada', 'Ada']]),
    };
    const whole = { trigger: { on: 'MOVED', columnId: 'todo', state: null } as Trigger, condition: 'label:ready column:"to do" assignee:me', actions: [] };
    expect(faultsIn(whole, world)).toEqual([]);
    expect(
      faultsIn(
        {
          trigger: { on: 'MOVED', columnId: 'gone', state: null },
          condition: 'label:done,ready sprint:7',
          actions: [
            { does: 'ADD_LABEL', labelId: 'x' },
            { does: 'SET', field: 'assigneeId', value: 'bea' },
          ],
        },
        world,
      ).map(({ kind, field, value }) => [kind, field, value]),
    ).toEqual([
      ['NAME', 'label', 'done'],
      ['NAME', 'sprint', '7'],
      ['COLUMN', null, 'gone'],
      ['LABEL', null, 'x'],
      ['PERSON', null, 'bea'],
    ]);
    expect(faultsIn({ ...whole, condition: 'colour:red' }, world)).toEqual([{ kind: 'QUERY', field: 'colour', value: 'UNKNOWN_FIELD' }]);
  });
});

describe('a condition of the past', () => {
  const names: NamesNow = {
    me: 'ada',
    project: { id: 'p', key: 'VIS', name: 'Vision', archived: false },
    columns: new Map([['todo', { name: 'To do', boardId: 'b', board: 'Main' }]]),
    labels: new Map([['l', 'Ready']]),
    people: new Map([['ada', 'Ada Lovelace']]),
    sprints: new Map([['s', 'Sprint 1']]),
    keys: new Map([['epic', 'VIS-1']]),
  };
  const truth = (text: string, one: TicketThen): boolean | null => holds(query(text), one, names, { now: new Date(AT), timeZone: 'UTC' }).truth;
  it.each<[string, Partial<TicketThen>, boolean | null]>([
    ['type:bug priority:none', {}, true],
    ['-priority:low', {}, true],
    ['priority:low,none', { priority: 'LOW' }, true],
    ['assignee:me', { assigneeId: 'ada' }, true],
    ['assignee:"ada lovelace" -author:bea', { assigneeId: 'ada' }, true],
    ['label:ready', { labelIds: ['l'] }, true],
    ['label:none', { labelIds: ['l'] }, false],
    ['column:"TO DO" board:main', {}, true],
    ['is:backlog', { columnId: null }, true],
    ['points:>=3', { points: 3 }, true],
    ['points:>3', { points: 3 }, false],
    ['points:none', { points: 0 }, false],
    ['due:<today', { dueDate: '2026-11-19' }, true],
    ['is:overdue', { dueDate: '2026-11-20' }, false],
    ['sprint:"sprint 1" parent:VIS-1', { sprintId: 's', parentId: 'epic' }, true],
    ['loss -gradient', {}, true],
    ['VIS-7', {}, true],
    ['created:-1d', {}, true],
    ['is:blocked', { blocked: undefined }, null],
    ['-is:blocked', { blocked: undefined }, null],
    // what else decides, decides
    ['is:blocked type:task', { blocked: undefined }, false],
    ['run:failed,none', { run: undefined }, null],
    ['type:bug', { deleted: true }, false],
  ])('%s', (text, overrides, expected) => expect(truth(text, ticket(overrides))).toBe(expected));

  it('says which of its fields the log does not tell', () => {
    const unknown = holds(query('is:blocked run:failed type:bug'), ticket({ blocked: undefined, run: undefined }), names, {
      now: new Date(AT),
      timeZone: 'UTC',
    });
    expect(unknown).toEqual({ truth: null, unknown: ['is', 'run'] });
  });
});

it('a ticket gone back entry by entry is what it was, and gone on again is what it is', () => {
  const field = fc.constantFrom('priority', 'points', 'columnId', 'sprintId', 'assigneeId');
  const value = fc.constantFrom(null, 'a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.tuple(field, value), { maxLength: 12 }), (steps) => {
      const begun = ticket();
      const entries: TicketEntry[] = [];
      let now = begun;
      for (const [name, to] of steps) {
        const from = now[name] ?? null;
        const action = name === 'columnId' ? 'MOVED' : 'UPDATED';
        const entry: TicketEntry = { entity: 'TICKET', entityId: 't', action, at: AT + entries.length + 1, changes: { [name]: { from, to } } };
        entries.push(entry);
        now = afterEntry(now, now, entry);
      }
      let then: TicketThen | null = now;
      for (const entry of entries.toReversed()) then = then && beforeEntry(then, entry);
      const told = ({ updatedAt: _u, enteredAt: _e, ...rest }: TicketThen): object => rest;
      expect(then && told(then)).toEqual(told(begun));
      let again = then!;
      for (const entry of entries) again = afterEntry(again, again, entry);
      expect(told(again)).toEqual(told(now));
    }),
  );
});

describe('a rehearsal', () => {
  const entry = (ticketId: string, at: number, changes: TicketEntry['changes'] = { priority: { from: null, to: 'HIGH' } }): PastEntry => ({
    ...{ entity: 'TICKET', entityId: ticketId, ticketId, action: 'UPDATED', byPerson: true },
    at: AT + at,
    changes,
  });
  const many = 300;
  const past: Past = {
    ...{ since: AT, until: AT + 40 * 86_400_000, timeZone: 'UTC', labelDeletedAt: null, sprintTickets: new Map([['s', ['t1', 't2']]]) },
    entries: Array.from({ length: many }, (_, i) => entry(`t${i}`, i)),
    tickets: Array.from({ length: many }, (_, i) => ticket({ id: `t${i}`, number: i, priority: 'HIGH' })),
  };
  const names: NamesNow = {
    ...{ me: 'ada', project: { id: 'p', key: 'ATL', name: 'Atlas', archived: false } },
    ...{ columns: new Map(), labels: new Map(), people: new Map(), sprints: new Map(), keys: new Map() },
  };
  const rule = {
    trigger: { on: 'FIELD_CHANGED', field: 'priority', to: null } as Trigger,
    query: query(''),
    actions: [{ does: 'SET', field: 'points', value: 3 }] as RuleAction[],
  };

  it('can be left at each entry and each ticket, and keeps the newest firings alone, however many there are', () => {
    const steps = rehearsing(rule, past, names);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    // back, on, and what people did afterwards
    expect(count).toBeGreaterThanOrEqual(3 * many);
    expect(step.value).toEqual(rehearse(rule, past, names));
    expect(step.value).toMatchObject({ events: many, changing: many });
    expect(step.value.firings.map(({ ticketId }) => ticketId)).toEqual(Array.from({ length: REHEARSED_MAX }, (_, i) => `t${many - 1 - i}`));
  });

  it('needs the past of those tickets that something happened to; of all where a schedule looks at each', () => {
    const entries = [entry('a', 1), entry('b', 2, { title: { from: 'x', to: 'y' } })];
    expect(rehearsedTickets(rule.trigger, entries, new Map())).toEqual(new Set(['a']));
    const started = { ...entry('', 3, { state: { from: 'PLANNED', to: 'RUNNING' } }), entity: 'SPRINT', entityId: 's', ticketId: null } as PastEntry;
    expect(rehearsedTickets({ on: 'SPRINT_STARTED', each: 'TICKETS' }, [started], past.sprintTickets)).toEqual(new Set(['t1', 't2']));
    expect(rehearsedTickets({ on: 'SCHEDULE', each: 'TICKETS', weekday: null, at: '09:00' }, entries, new Map())).toBeNull();
    expect(rehearsedTickets({ on: 'SCHEDULE', each: 'PROJECT', weekday: null, at: '09:00' }, entries, new Map())).toEqual(new Set());
  });

  it('asks for people by whom it names, wherever it names them', () => {
    const trigger: Trigger = { on: 'FIELD_CHANGED', field: 'assigneeId', to: 'bob' };
    const actions = [
      { does: 'SET', field: 'assigneeId', value: 'cyd' },
      { does: 'SET', field: 'points', value: 3 },
      { does: 'NOTIFY', who: 'PERSON', personId: 'dan', text: '' },
      { does: 'NOTIFY', who: 'ASSIGNEE', personId: null, text: '' },
    ] as RuleAction[];
    expect(peopleNamedIn([{ trigger, condition: 'assignee:me,"Ada L" -author:eve title:zoe', actions }])).toEqual(['bob', 'cyd', 'dan', 'Ada L', 'eve']);
    expect(peopleNamedIn([{ trigger: rule.trigger, condition: 'assignee:"', actions: [] }])).toEqual([]);
  });
});
