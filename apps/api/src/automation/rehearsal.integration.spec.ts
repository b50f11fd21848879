import { buildLabel, memberOf, seqOf } from '../../test/factories/board.ts';
import { TestRules } from '../../test/rules.ts';
import { rows } from '../platform/sql/database.ts';

const rules = TestRules.ofFile();

interface Rehearsal {
  events: number;
  matched: number;
  changing: number;
  unknown: number;
  unknownFields: string[];
  isShort: boolean;
  firings: {
    ticketId: string | null;
    at: string;
    effects: { field: string; from: unknown; to: unknown }[];
    deeds: string[];
    contradicted: string[];
    confirmed: string[];
  }[];
  loops: string[][];
  faults: { kind: string }[];
}
async function rehearse(trigger: object, actions: object[], condition = '', ruleId: string | null = null): Promise<Rehearsal> {
  const asked = `query ($input: RehearseRuleInput!) { rehearseRule(input: $input) { events matched changing unknown unknownFields isShort
    firings { ticketId at effects deeds contradicted confirmed } loops faults { kind } } }`;
  return (await rules.lead.ask<{ rehearseRule: Rehearsal }>(asked, { input: { ruleId, projectId: rules.project.id, trigger, actions, condition } }))
    .rehearseRule;
}

/** Everything that a write could be seen by. */
const written = async (): Promise<unknown> => [
  await seqOf(rules.trainyard, rules.project.id),
  await rows(rules.trainyard.database.direct, 'SELECT reader, scope, seq FROM log_position ORDER BY reader, scope'),
  await rows(rules.trainyard.database.direct, 'SELECT name, key FROM job_outbox'),
  await rows(rules.trainyard.database.direct, 'SELECT id, version FROM ticket WHERE project_id = $1 ORDER BY id', [rules.project.id]),
  await rows(rules.trainyard.database.direct, 'SELECT id FROM rule_firing'),
];

it('tells what a rule would have done to the past, and writes nothing', async () => {
  const [todo, doing, done] = rules.project.columns as [string, string, string];
  const label = await buildLabel(rules.trainyard, rules.project.id, 'ready');
  const [a, b, c] = [
    await rules.ticket({ priority: 'HIGH' }),
    await rules.ticket({ priority: 'LOW' }),
    await rules.ticket({ priority: 'HIGH', labelIds: [label] }),
  ];
  for (const id of [a, b, c]) await rules.move(id, doing);
  // what they are now is not what they were then
  await rules.set(a, { priority: 'LOW' });
  await rules.set(b, { priority: 'HIGH' });
  await rules.set(a, { labelIds: [label] });
  await rules.move(c, done);
  await rules.move(c, todo);
  const before = await written();
  const found = await rehearse(
    { on: 'MOVED', columnId: doing },
    [
      { does: 'ADD_LABEL', labelId: label },
      { does: 'MOVE', columnId: done },
    ],
    'priority:high',
  );
  expect(await written()).toEqual(before);
  expect(found).toMatchObject({ events: 3, matched: 2, changing: 2, unknown: 0, unknownFields: [], isShort: false, faults: [] });
  const move = { field: 'columnId', from: doing, to: done };
  expect(found.firings).toEqual([
    { ticketId: c, at: expect.any(String), effects: [move], deeds: [], contradicted: [], confirmed: ['columnId'] },
    {
      ticketId: a,
      at: expect.any(String),
      effects: [move, { field: 'labelIds', from: [], to: [label] }],
      deeds: [],
      contradicted: [],
      confirmed: ['labelIds'],
    },
  ]);
  // somebody put it elsewhere afterwards
  const other = await rehearse({ on: 'MOVED', columnId: done }, [{ does: 'MOVE', columnId: doing }]);
  expect(other.firings.map(({ contradicted }) => contradicted)).toEqual([['columnId']]);
});

it('equals what live firings then do', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  const trigger = { on: 'MOVED', columnId: doing };
  const actions = [
    { does: 'SET', field: 'priority', value: 'HIGH' },
    { does: 'MOVE', columnId: done },
    { does: 'COMMENT', text: 'On.' },
  ];
  const condition = '-priority:low points:>=3 assignee:me';
  const rule = await rules.create('Live', trigger, actions, { condition });
  const bench = rules.workbench();
  for (const [priority, points, mine] of [
    ['LOW', 5, true],
    ['MEDIUM', 5, true],
    ['HIGH', 3, true],
    ['MEDIUM', 2, true],
    ['MEDIUM', 8, false],
    [null, 8, true],
  ] as const) {
    const id = await rules.ticket({ priority, points, assigneeId: mine ? rules.leadId : null });
    await rules.move(id, doing);
    await bench.settle(rules.project.id);
  }
  const live = (await rules.firings()).map(({ ticketId, changes }) => [
    ticketId,
    changes
      .filter(({ entity }) => entity === 'TICKET')
      .flatMap(({ changes: told }) => Object.entries(told).flatMap(([field, { to }]) => (['priority', 'columnId'].includes(field) ? [[field, to]] : [])))
      .toSorted(),
  ]);
  const told = (await rehearse(trigger, actions, condition, rule.id)).firings
    .map(({ ticketId, effects }) => [ticketId, effects.map(({ field, to }) => [field, to]).toSorted()])
    .toReversed();
  expect(live).toHaveLength(3);
  expect(told).toEqual(live);
});

it('says what the log does not tell, and never counts it as if it did', async () => {
  const [, doing] = rules.project.columns as [string, string];
  const [id, other] = [await rules.ticket(), await rules.ticket()];
  await rules.lead.ask('mutation ($a: ID!, $b: ID!) { linkTickets(id: $a, otherId: $b, side: BLOCKED_BY) { id } }', { a: id, b: other });
  await rules.move(id, doing);
  const found = await rehearse({ on: 'MOVED', columnId: doing }, [{ does: 'COMMENT', text: 'Hm.' }], 'is:blocked');
  expect(found).toMatchObject({ events: 1, matched: 0, unknown: 1, unknownFields: ['is'] });
  // what else decides makes it known
  expect(await rehearse({ on: 'MOVED', columnId: doing }, [{ does: 'COMMENT', text: 'Hm.' }], 'is:blocked priority:high')).toMatchObject({
    matched: 0,
    unknown: 0,
  });
});

it('does not claim to know the labels of before one was deleted', async () => {
  const [, doing] = rules.project.columns as [string, string];
  const [kept, doomed] = [await buildLabel(rules.trainyard, rules.project.id, 'kept'), await buildLabel(rules.trainyard, rules.project.id, 'doomed')];
  await rules.move(await rules.ticket({ labelIds: [doomed] }), doing);
  await rules.lead.ask('mutation ($id: ID!) { deleteLabel(id: $id, version: 1) }', { id: doomed });
  await rules.move(await rules.ticket({ labelIds: [kept] }), doing);
  const comment = [{ does: 'COMMENT', text: 'Hm.' }];
  expect(await rehearse({ on: 'MOVED', columnId: doing }, comment, 'label:none')).toMatchObject({
    events: 2,
    matched: 0,
    unknown: 1,
    unknownFields: ['label'],
  });
  expect(await rehearse({ on: 'MOVED', columnId: doing }, comment, 'label:kept')).toMatchObject({ events: 2, matched: 1, unknown: 1 });
});

it('finds the loops of rules that are on, by their names', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  await rules.create('Back', { on: 'MOVED', columnId: done }, [{ does: 'MOVE', columnId: doing }]);
  await rules.create('Off', { on: 'MOVED', columnId: done }, [{ does: 'MOVE', columnId: doing }], { enabled: false });
  const found = await rehearse({ on: 'MOVED', columnId: doing }, [{ does: 'MOVE', columnId: done }]);
  expect(found.loops).toEqual([['', 'Back']]);
  expect((await rehearse({ on: 'TICKET_CREATED' }, [{ does: 'MOVE', columnId: done }])).loops).toEqual([]);
});

it('counts the times of a schedule, and is for those who manage rules', async () => {
  await rules.ticket();
  const found = await rehearse({ on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, [{ does: 'CREATE_TICKET', title: 'Stand-up' }]);
  expect([30, 31]).toContain(found.events);
  const member = await memberOf(rules.trainyard, rules.project);
  await expect(
    member.client.ask('query ($input: RehearseRuleInput!) { rehearseRule(input: $input) { events } }', {
      input: { projectId: rules.project.id, trigger: { on: 'TICKET_CREATED' }, actions: [{ does: 'COMMENT', text: 'Hm.' }] },
    }),
  ).rejects.toThrow('FORBIDDEN');
});
