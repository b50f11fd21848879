import { buildLabel, buildProject, buildTickets, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';

const CREATE = 'mutation($p: ID!, $n: String!) { createLabel(projectId: $p, name: $n, color: TEAL) { id name color } }';
const UPDATE = 'mutation($id: ID!, $v: Int!, $i: UpdateLabelInput!) { updateLabel(id: $id, version: $v, input: $i) { name color version } }';
const DELETE = 'mutation($id: ID!, $v: Int!) { deleteLabel(id: $id, version: $v) }';
const LABELS = 'query($id: ID!) { project(id: $id) { labels { name ticketCount } } }';
const EVENTS =
  'query($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { reset activities { entity entityId action changes } labels { name color } } }';
const TICKET = 'query($id: ID!) { ticket(id: $id) { labelIds version } }';
const PUT_ON = 'mutation($t: ID!, $v: Int!, $l: [ID!]) { updateTicket(id: $t, version: $v, input: { labelIds: $l }) { labelIds } }';

describe('labels', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let lead: GraphqlClient;
  let member: GraphqlClient;
  const labelled = (ids: readonly string[], labelIds: readonly string[]) =>
    trainyard.database.direct.query('UPDATE ticket SET label_ids = $2::uuid[] WHERE id = ANY ($1::uuid[])', [ids, labelIds]);

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard);
    lead = (await memberOf(trainyard, project, 'LEAD')).client;
    member = (await memberOf(trainyard, project)).client;
  });

  it('are named by whoever writes tickets, each name once', async () => {
    const made = await member.send(CREATE, { p: project.id, n: 'GPU hours' });
    expect(made.data).toMatchObject({ createLabel: { name: 'GPU hours', color: 'TEAL' } });
    expect((await member.send(CREATE, { p: project.id, n: 'gpu HOURS' })).codes).toEqual(['LABEL_TAKEN']);
    expect(await member.ask(LABELS, { id: project.id })).toEqual({ project: { labels: [{ name: 'GPU hours', ticketCount: 0 }] } });
  });

  it('are renamed and recoloured by leads, against the version seen, for everybody', async () => {
    const id = await buildLabel(trainyard, project.id, 'gpu');
    await buildLabel(trainyard, project.id, 'data');
    const since = await seqOf(trainyard, project.id);
    expect(await lead.ask(UPDATE, { id, v: 1, i: { name: ' GPU ' } })).toEqual({ updateLabel: { name: 'GPU', color: 'BLUE', version: 2 } });
    expect(await lead.ask(UPDATE, { id, v: 2, i: { color: 'RED' } })).toEqual({ updateLabel: { name: 'GPU', color: 'RED', version: 3 } });
    expect(await lead.ask(UPDATE, { id, v: 3, i: { color: 'RED' } })).toEqual({ updateLabel: { name: 'GPU', color: 'RED', version: 3 } });
    expect((await lead.send(UPDATE, { id, v: 2, i: { name: 'late' } })).errors[0]?.extensions).toMatchObject({ code: 'STALE_VERSION', params: { version: 3 } });
    expect((await lead.send(UPDATE, { id, v: 3, i: { name: 'DATA' } })).codes).toEqual(['LABEL_TAKEN']);
    expect((await lead.send(UPDATE, { id, v: 3, i: { name: ' ' } })).codes).toEqual(['BAD_INPUT']);
    expect((await member.send(UPDATE, { id, v: 3, i: { name: 'mine' } })).codes).toEqual(['FORBIDDEN']);
    expect(await member.ask(EVENTS, { p: project.id, s: since })).toEqual({
      projectEvents: {
        reset: false,
        activities: [
          { entity: 'LABEL', entityId: id, action: 'UPDATED', changes: { name: { from: 'gpu', to: 'GPU' } } },
          { entity: 'LABEL', entityId: id, action: 'UPDATED', changes: { color: { from: 'BLUE', to: 'RED' } } },
        ],
        labels: [{ name: 'GPU', color: 'RED' }],
      },
    });
  });

  it('go from every ticket, those deleted too, and one row of the log says so for all', async () => {
    const [doomed, kept] = [await buildLabel(trainyard, project.id, 'doomed'), await buildLabel(trainyard, project.id, 'kept')];
    const { ids } = await buildTickets(trainyard, 1200, { project });
    const [first, gone] = ids as [string, string];
    await labelled(ids, [doomed, kept]);
    await lead.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: gone });
    expect(await lead.ask(LABELS, { id: project.id })).toEqual({
      project: {
        labels: [
          { name: 'doomed', ticketCount: 1199 },
          { name: 'kept', ticketCount: 1199 },
        ],
      },
    });
    const since = await seqOf(trainyard, project.id);
    expect((await member.send(DELETE, { id: doomed, v: 1 })).codes).toEqual(['FORBIDDEN']);
    expect((await lead.send(DELETE, { id: doomed, v: 9 })).codes).toEqual(['STALE_VERSION']);
    const count = countingSql(trainyard);
    await lead.ask(DELETE, { id: doomed, v: 1 });
    expect(count.stop()).toBeLessThanOrEqual(7);
    expect(await member.ask(EVENTS, { p: project.id, s: since })).toEqual({
      projectEvents: {
        reset: false,
        activities: [
          {
            entity: 'LABEL',
            entityId: doomed,
            action: 'DELETED',
            changes: { name: { from: 'doomed', to: null }, color: { from: 'BLUE', to: null }, ticketCount: { from: 1199, to: null } },
          },
        ],
        labels: [],
      },
    });
    expect(await lead.ask(TICKET, { id: first })).toEqual({ ticket: { labelIds: [kept], version: 1 } });
    await lead.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: gone });
    expect(await lead.ask(TICKET, { id: gone })).toMatchObject({ ticket: { labelIds: [kept] } });
    expect((await lead.send(DELETE, { id: doomed, v: 1 })).codes).toEqual(['NOT_FOUND']);
  });

  it('keep the name they had in the history of a ticket, as columns do', async () => {
    const { id: label } = (await lead.ask<{ createLabel: { id: string } }>(CREATE, { p: project.id, n: 'gpu' })).createLabel;
    const { ids } = await buildTickets(trainyard, 1, { project, columns: [project.columns[0] as string] });
    const [t] = ids as [string];
    const [from, to] = project.columns as [string, string];
    await member.ask(PUT_ON, { t, v: 1, l: [label] });
    await lead.ask(UPDATE, { id: label, v: 1, i: { name: 'GPU hours' } });
    await member.ask(PUT_ON, { t, v: 2, l: [] });
    await member.ask('mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id } }', { t, c: to });
    await lead.ask(DELETE, { id: label, v: 2 });
    await lead.ask('mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "Soon" }) { id } }', { c: to });
    await lead.ask('mutation($c: ID!) { deleteColumn(id: $c, version: 1) }', { c: from });
    const count = countingSql(trainyard);
    const { ticket } = await member.ask<{ ticket: { activity: { nodes: { names: object }[] } } }>(
      'query($t: ID!) { ticket(id: $t) { activity(first: 3) { nodes { names } } } }',
      { t },
    );
    expect(count.stop()).toBe(4);
    expect(ticket.activity.nodes.map(({ names }) => names)).toEqual([{ [from]: 'Backlog', [to]: 'To do' }, { [label]: 'GPU hours' }, { [label]: 'gpu' }]);
  });

  it('are on no ticket once deleted, whoever puts them on one at that moment', async () => {
    const { ids } = await buildTickets(trainyard, 40, { project });
    const doomed = await buildLabel(trainyard, project.id, 'doomed');
    const putOn = ids.map((t, i) => (i === 20 ? lead.send(DELETE, { id: doomed, v: 1 }) : member.send(PUT_ON, { t, v: 1, l: [doomed] })));
    const replies = await Promise.all(putOn);
    expect(replies[20]?.codes).toEqual([]);
    const outcomes = new Set(replies.flatMap(({ codes }) => (codes.length > 0 ? codes : ['OK'])));
    expect([...outcomes].filter((outcome) => outcome !== 'OK' && outcome !== 'BAD_INPUT')).toEqual([]);
    expect(await rows(trainyard.database.direct, 'SELECT id FROM ticket WHERE project_id = $1 AND label_ids <> $2', [project.id, []])).toEqual([]);
  });

  it('keep nobody waiting who gives others to a ticket while they are being deleted', async () => {
    const { ids } = await buildTickets(trainyard, 2, { project });
    const [doomed, other] = [await buildLabel(trainyard, project.id, 'doomed'), await buildLabel(trainyard, project.id, 'other')];
    await labelled(ids, [doomed]);
    // in the order in which the label goes from them: it waits at the first, and the second is free
    const carriers = 'SELECT id FROM ticket WHERE project_id = $1 AND label_ids @> ARRAY[$2::uuid]';
    const [first, second] = await rows<{ id: string }>(trainyard.database.direct, carriers, [project.id, doomed]);
    const letGo = await hold(trainyard, (tx) => tx.query('SELECT FROM ticket WHERE id = $1 FOR UPDATE', [first?.id]));
    const deleted = lead.send(DELETE, { id: doomed, v: 1 });
    await untilWaiting(trainyard, 1);
    expect((await member.send(PUT_ON, { t: second?.id, v: 1, l: [doomed, other] })).codes).toEqual([]);
    await letGo();
    expect((await deleted).codes).toEqual([]);
    expect(await member.ask(TICKET, { id: second?.id })).toMatchObject({ ticket: { labelIds: [other] } });
  });
});
