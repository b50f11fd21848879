import { RANK_MAX_LENGTH, rankBetween } from '@trainyard/domain';
import { buildLabel, buildProject, buildTicket, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { holdColumn } from '../board/placement.ts';

const CREATE =
  'mutation($i: CreateTicketInput!) { createTicket(input: $i) { id key number rank columnId title type stage description points assignee { name } labelIds createdBy { id } version } }';
const UPDATE =
  'mutation($id: ID!, $v: Int!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: $v, input: $i) { title type stage description points assignee { id } labelIds version } }';
const HISTORY =
  'query($id: ID!, $first: Int! = 50, $after: String) { ticket(id: $id) { activity(first: $first, after: $after) { nodes { seq entity action changes actor { id } } pageInfo { endCursor hasNextPage } } } }';
interface Created {
  id: string;
  key: string;
  number: number;
}
interface History {
  ticket: {
    activity: {
      nodes: { seq: number; entity: string; action: string; changes: Record<string, { from: unknown; to: unknown }> }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  };
}

describe('tickets', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let member: Awaited<ReturnType<typeof memberOf>>;
  let client: GraphqlClient;
  let column: string;
  const create = async (input: Record<string, unknown>): Promise<Created> =>
    (await client.ask<{ createTicket: Created }>(CREATE, { i: { columnId: column, type: 'TASK', title: 'A ticket', ...input } })).createTicket;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard);
    column = project.columns[0] as string;
    member = await memberOf(trainyard, project);
    client = member.client;
  });

  it('are made with all they may carry, and found by key', async () => {
    const label = await buildLabel(trainyard, project.id, 'gpu');
    const made = await client.ask(CREATE, {
      i: {
        columnId: column,
        title: '  Train\n it  ',
        type: 'EXPERIMENT',
        stage: 'TRAINING',
        description: '# Why\n- because',
        points: 2.5,
        assigneeId: member.user.id,
        labelIds: [label, label],
      },
    });
    expect(made).toMatchObject({
      createTicket: {
        key: `${project.key}-1`,
        title: 'Train it',
        type: 'EXPERIMENT',
        stage: 'TRAINING',
        description: '# Why\n- because',
        points: 2.5,
        assignee: { name: member.user.name },
        labelIds: [label],
        createdBy: { id: member.user.id },
        version: 1,
      },
    });
    expect(await client.ask('query($k: String) { ticket(key: $k) { title } }', { k: `${project.key.toLowerCase()}-1` })).toEqual({
      ticket: { title: 'Train it' },
    });
    expect(await client.ask('query { ticket(key: "NO-1") { title } odd: ticket(key: "nonsense") { title } }')).toEqual({ ticket: null, odd: null });
  });

  it('go to the end, to the top, or behind a neighbour, with numbers that never repeat', async () => {
    const made: Created[] = [];
    for (const place of [{}, {}, {}, { afterId: null }]) made.push(await create(place));
    made.push(await create({ afterId: made[0]?.id }));
    const [a, b, last, c, d] = made.map(({ id }) => id);
    expect((await cardsOf(trainyard, column)).map(({ id }) => id)).toEqual([c, a, d, b, last]);
    const many = await Promise.all(Array.from({ length: 12 }, () => create({})));
    expect(many.map(({ number }) => number).toSorted((x, y) => x - y)).toEqual(Array.from({ length: 12 }, (_, i) => i + 6));
    const cards = await cardsOf(trainyard, column);
    expect(new Set(cards.map(({ rank }) => rank)).size).toBe(17);
    expect(await client.ask('query($id: ID!) { column(id: $id) { ticketCount } }', { id: column })).toEqual({ column: { ticketCount: 17 } });
  });

  it('give their column fresh ranks where they enter a gap that is used up, by being made and by coming back', async () => {
    const usedUp = async (): Promise<[string, string]> => {
      const [above, below] = (await cardsOf(trainyard, column)).map(({ rank }) => rank) as [string, string];
      let close = below;
      while (rankBetween(above, close).length <= RANK_MAX_LENGTH) close = rankBetween(above, close);
      await trainyard.database.direct.query('UPDATE placement SET rank = $3 WHERE column_id = $1 AND rank = $2', [column, below, close]);
      return [above, close];
    };
    const entered = async (seq: number): Promise<unknown> =>
      trainyard.database.direct.query('SELECT entity, entity_id AS id, action FROM activity WHERE scope = $1 AND seq > $2 ORDER BY seq', [project.id, seq]);
    const orderly = async (...ids: string[]): Promise<void> => {
      const cards = await cardsOf(trainyard, column);
      expect(cards.map(({ id }) => id)).toEqual(ids);
      expect(cards.every(({ rank }) => rank.length < 10)).toBe(true);
    };
    const [a, b] = [await create({}), await create({})];
    await usedUp();
    let seq = await seqOf(trainyard, project.id);
    const c = await create({ afterId: a.id });
    await orderly(a.id, c.id, b.id);
    expect(await entered(seq)).toEqual([
      { entity: 'COLUMN', id: column, action: 'RERANKED' },
      { entity: 'TICKET', id: c.id, action: 'CREATED' },
    ]);
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: c.id });
    const [above] = await usedUp();
    await trainyard.database.direct.query('UPDATE placement SET rank = $2 WHERE ticket_id = $1', [c.id, above]);
    seq = await seqOf(trainyard, project.id);
    await client.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: c.id });
    await orderly(a.id, c.id, b.id);
    expect(await entered(seq)).toEqual([
      { entity: 'COLUMN', id: column, action: 'RERANKED' },
      { entity: 'TICKET', id: c.id, action: 'CREATED' },
    ]);
  });

  it.each([
    ['an empty title', { title: '  ' }, 'title'],
    ['a title too long', { title: 'x'.repeat(251) }, 'title'],
    ['quarters of points', { points: 0.25 }, 'points'],
    ['negative points', { points: -1 }, 'points'],
    ['a label of nowhere', { labelIds: ['00000000-0000-4000-8000-000000000000'] }, 'labelIds'],
    ['an assignee of nowhere', { assigneeId: '00000000-0000-4000-8000-000000000000' }, 'assigneeId'],
  ])('refuse %s', async (_, input, field) => {
    const reply = await client.send(CREATE, { i: { columnId: column, title: 'A ticket', type: 'TASK', ...input } });
    expect(reply.errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { field } });
    expect(await seqOf(trainyard, project.id)).toBe(6);
  });

  it('carry no label of another project', async () => {
    const foreign = await buildLabel(trainyard, (await buildProject(trainyard)).id, 'foreign');
    const own = await buildLabel(trainyard, project.id, 'own');
    const { id } = await create({ labelIds: [own] });
    const refusal = { code: 'BAD_INPUT', params: { field: 'labelIds', reason: 'UNKNOWN' } };
    expect((await client.send(CREATE, { i: { columnId: column, title: 'A ticket', type: 'TASK', labelIds: [foreign] } })).errors[0]?.extensions).toEqual(
      refusal,
    );
    expect((await client.send(UPDATE, { id, v: 1, i: { labelIds: [own, foreign] } })).errors[0]?.extensions).toEqual(refusal);
  });

  it('are refused by a full column that refuses', async () => {
    await trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 1, wip_policy = 'REFUSE' WHERE id = $1`, [column]);
    const first = await create({});
    expect((await client.send(CREATE, { i: { columnId: column, title: 'One too many', type: 'TASK' } })).codes).toEqual(['WIP_LIMIT_REACHED']);
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: first.id });
    await create({});
    expect((await client.send('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: first.id })).codes).toEqual(['WIP_LIMIT_REACHED']);
  });

  it('change only the fields named, from the version seen, and the history tells from and to', async () => {
    const { id } = await create({ stage: 'DATA', points: 3, description: 'old' });
    const changed = await client.ask(UPDATE, { id, v: 1, i: { title: 'New', stage: null, assigneeId: member.user.id } });
    expect(changed).toEqual({
      updateTicket: { title: 'New', type: 'TASK', stage: null, description: 'old', points: 3, assignee: { id: member.user.id }, labelIds: [], version: 2 },
    });
    expect((await client.send(UPDATE, { id, v: 1, i: { title: 'Lost' } })).errors[0]?.extensions).toEqual({ code: 'STALE_VERSION', params: { version: 2 } });
    expect(await client.ask(UPDATE, { id, v: 2, i: { title: 'New' } })).toMatchObject({ updateTicket: { version: 2 } });
    const { ticket } = await client.ask<History>(HISTORY, { id, first: 50 });
    expect(ticket.activity.nodes.map(({ entity, action }) => `${entity} ${action}`)).toEqual(['TICKET UPDATED', 'TICKET CREATED']);
    expect(ticket.activity.nodes[0]?.changes).toEqual({
      title: { from: 'A ticket', to: 'New' },
      stage: { from: 'DATA', to: null },
      assigneeId: { from: null, to: member.user.id },
    });
    const full = { type: 'BUG', stage: 'DATA', description: 'old', points: 3, labelIds: [await buildLabel(trainyard, project.id, 'kept')] };
    const other = await create({ ...full, assigneeId: member.user.id });
    expect(await client.ask(UPDATE, { id: other.id, v: 1, i: { title: 'Renamed' } })).toEqual({
      updateTicket: { ...full, title: 'Renamed', assignee: { id: member.user.id }, version: 2 },
    });
    const page = await client.ask<History>(HISTORY, { id, first: 1 });
    expect(page.ticket.activity.pageInfo.hasNextPage).toBe(true);
    expect((await client.ask<History>(HISTORY, { id, first: 2 })).ticket.activity.pageInfo.hasNextPage).toBe(false);
    const next = await client.ask<History>(HISTORY, { id, first: 1, after: page.ticket.activity.pageInfo.endCursor });
    expect(next.ticket.activity.nodes[0]?.action).toBe('CREATED');
  });

  it.each([
    ['none', {}],
    ['some', { description: 'old' }],
  ])('keep the words they are given, of which they had %s', async (_, before) => {
    const { id } = await create(before);
    const kept = async (): Promise<unknown> => client.ask('query($id: ID!) { ticket(id: $id) { description } }', { id });
    expect(await kept()).toEqual({ ticket: { description: '', ...before } });
    for (const [v, description] of ['new', 'newer', ''].entries()) {
      expect(await client.ask(UPDATE, { id, v: 2 * v + 1, i: { description } })).toMatchObject({ updateTicket: { description, version: 2 * v + 2 } });
      expect(await client.ask(UPDATE, { id, v: 2 * v + 2, i: { points: v + 1 } })).toMatchObject({ updateTicket: { description, version: 2 * v + 3 } });
      expect(await kept()).toEqual({ ticket: { description } });
    }
  });

  it('of two edits from one version let exactly one win', async () => {
    const { id } = await create({});
    // Both wait for the ticket: an edit that read the version before it had the ticket would win as well.
    const letGo = await hold(trainyard, (tx) => tx.query('SELECT FROM ticket WHERE id = $1 FOR UPDATE', [id]));
    const edits = ['one', 'two'].map((title) => client.send(UPDATE, { id, v: 1, i: { title } }));
    await untilWaiting(trainyard, 2);
    await letGo();
    expect((await Promise.all(edits)).flatMap((reply) => reply.codes)).toEqual(['STALE_VERSION']);
  });

  it('are deleted and come back to their place', async () => {
    const [top, a, b, c] = [await create({}), await create({}), await create({}), await create({})];
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: b.id });
    expect(await client.ask('query($id: ID!) { ticket(id: $id) { id } }', { id: b.id })).toEqual({ ticket: null });
    expect((await client.send(UPDATE, { id: b.id, v: 2, i: { title: 'x' } })).codes).toEqual(['NOT_FOUND']);
    expect((await cardsOf(trainyard, column)).map(({ id }) => id)).toEqual([top.id, a.id, c.id]);
    // A card that has gone is nobody's neighbour.
    expect((await client.send(CREATE, { i: { columnId: column, title: 'Behind it', type: 'TASK', afterId: b.id } })).codes).toEqual(['NEIGHBOUR_GONE']);
    // Another version, because it came back; the same to who asks again.
    for (const version of [3, 3])
      expect(await client.ask('mutation($id: ID!) { restoreTicket(id: $id) { version } }', { id: b.id })).toEqual({ restoreTicket: { version } });
    expect((await cardsOf(trainyard, column)).map(({ id }) => id)).toEqual([top.id, a.id, b.id, c.id]);
    expect(await client.ask('query($id: ID!) { column(id: $id) { ticketCount } }', { id: column })).toEqual({ column: { ticketCount: 4 } });
    const { ticket } = await client.ask<History>(HISTORY, { id: b.id, first: 50 });
    expect(
      ticket.activity.nodes.map(({ action, changes }) => [action, Object.keys(changes).includes('columnId') && Object.keys(changes).includes('rank')]),
    ).toEqual([
      ['CREATED', true],
      ['DELETED', true],
      ['CREATED', true],
    ]);
    const { client: passerBy } = await someone(trainyard);
    expect((await passerBy.send('mutation($id: ID!) { deleteTicket(id: $id, version: 3) { id } }', { id: b.id })).codes).toEqual(['FORBIDDEN']);
  });

  it('come back to the column that remains when theirs is being deleted at that moment', async () => {
    const { id } = await create({});
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id });
    const { client: lead } = await memberOf(trainyard, project, 'LEAD');
    const letGo = await hold(trainyard, (tx) => holdColumn(tx, column));
    const deleted = lead.send('mutation($id: ID!) { deleteColumn(id: $id, version: 1) }', { id: column });
    await untilWaiting(trainyard, 1, 'advisory');
    const restored = client.send('mutation($id: ID!) { restoreTicket(id: $id) { columnId } }', { id });
    await untilWaiting(trainyard, 2, 'advisory');
    await letGo();
    expect((await deleted).codes).toEqual([]);
    expect(await restored).toMatchObject({ codes: [], data: { restoreTicket: { columnId: project.columns[1] } } });
  });

  it('are listed by number with a total, searched by title and number, a page at a time', async () => {
    await buildTickets(trainyard, 30, { project, title: 'Tune 100%_done' });
    await create({ title: 'Something else' });
    const gone = await create({ title: 'Tune 100%_done' });
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: gone.id });
    await trainyard.database.direct.query(`UPDATE ticket SET title = 'Tune 100%_done for 30 epochs' WHERE project_id = $1 AND number = 4`, [project.id]);
    const list = (variables: Record<string, unknown>) =>
      client.ask<{ tickets: { nodes: { number: number }[]; totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
        'query($p: ID!, $search: String, $first: Int!, $after: String) { tickets(projectId: $p, search: $search, first: $first, after: $after) { nodes { number description } totalCount pageInfo { endCursor hasNextPage } } }',
        { p: project.id, first: 20, ...variables },
      );
    const first = await list({});
    expect([first.tickets.nodes.length, first.tickets.totalCount, first.tickets.pageInfo.hasNextPage]).toEqual([20, 31, true]);
    const second = await list({ after: first.tickets.pageInfo.endCursor });
    expect(second.tickets.nodes.map(({ number }) => number)).toEqual(Array.from({ length: 11 }, (_, i) => i + 21));
    expect((await list({ search: '100%_DONE' })).tickets.totalCount).toBe(30);
    expect((await list({ search: '100__done' })).tickets.totalCount).toBe(0);
    const thirty = await list({ search: '30', first: 1 });
    expect([thirty.tickets.totalCount, thirty.tickets.nodes[0]?.number, thirty.tickets.pageInfo.hasNextPage]).toEqual([2, 30, true]);
    expect((await list({ search: '30', first: 1, after: thirty.tickets.pageInfo.endCursor })).tickets.nodes.map(({ number }) => number)).toEqual([4]);
    expect((await list({ search: 'OTHER-31' })).tickets.totalCount).toBe(0);
    const count = countingSql(trainyard);
    expect((await list({ search: `${project.key}-31` })).tickets.nodes.map(({ number }) => number)).toEqual([31]);
    expect(count.stop()).toBe(5);
  });

  it('read the descriptions of a whole window by one more statement', async () => {
    await buildTickets(trainyard, 25, { project, columns: [column] });
    const count = countingSql(trainyard);
    await client.ask('query($id: ID!) { column(id: $id) { tickets(limit: 25) { nodes { description } } } }', { id: column });
    expect(count.stop()).toBeLessThanOrEqual(4);
  });

  describe('comments', () => {
    const COMMENTS =
      'query($id: ID!, $first: Int!, $after: String) { ticket(id: $id) { commentCount comments(first: $first, after: $after) { totalCount nodes { id body author { id } editedAt } pageInfo { endCursor hasNextPage } } } }';
    interface Comments {
      ticket: {
        commentCount: number;
        comments: { totalCount: number; nodes: { id: string; body: string; editedAt: string | null }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      };
    }
    const say = async (id: string, body: string): Promise<string> =>
      (await client.ask<{ addComment: { id: string } }>('mutation($id: ID!, $body: String!) { addComment(ticketId: $id, body: $body) { id } }', { id, body }))
        .addComment.id;

    it('are counted and paged, oldest first', async () => {
      const { id } = await buildTicket(trainyard, { project });
      for (const body of ['one', 'two', 'three']) await say(id, body);
      await Promise.all(Array.from({ length: 5 }, (_, i) => say(id, `more ${i}`)));
      const first = await client.ask<Comments>(COMMENTS, { id, first: 3 });
      expect([first.ticket.commentCount, first.ticket.comments.totalCount, first.ticket.comments.nodes.map(({ body }) => body)]).toEqual([
        8,
        8,
        ['one', 'two', 'three'],
      ]);
      const rest = await client.ask<Comments>(COMMENTS, { id, first: 100, after: first.ticket.comments.pageInfo.endCursor });
      expect(rest.ticket.comments.nodes.length).toBe(5);
      // A page that is exactly full is the last one.
      const whole = await client.ask<Comments>(COMMENTS, { id, first: 8 });
      expect([first, rest, whole].map(({ ticket }) => ticket.comments.pageInfo.hasNextPage)).toEqual([true, false, false]);
    });

    it('are edited by their author alone, and taken back by the author or a lead', async () => {
      const { id } = await buildTicket(trainyard, { project });
      const comment = await say(id, 'frist');
      const edit = (who: GraphqlClient, version: number) =>
        who.send('mutation($id: ID!, $v: Int!) { updateComment(id: $id, version: $v, body: "first") { version editedAt } }', { id: comment, v: version });
      const remove = (who: GraphqlClient, comment: string, version: number) =>
        who.send('mutation($id: ID!, $v: Int!) { deleteComment(id: $id, version: $v) }', { id: comment, v: version });
      const { client: colleague } = await memberOf(trainyard, project);
      const { client: lead } = await memberOf(trainyard, project, 'LEAD');
      expect((await edit(colleague, 1)).codes).toEqual(['FORBIDDEN']);
      expect((await edit(lead, 1)).codes).toEqual(['FORBIDDEN']);
      expect((await edit(client, 1)).data).toMatchObject({ updateComment: { version: 2 } });
      expect((await edit(client, 1)).codes).toEqual(['STALE_VERSION']);
      expect((await remove(colleague, comment, 2)).codes).toEqual(['FORBIDDEN']);
      expect((await remove(lead, comment, 2)).codes).toEqual([]);
      expect((await remove(lead, comment, 3)).codes).toEqual(['NOT_FOUND']);
      expect((await remove(client, await say(id, 'again'), 1)).codes).toEqual([]);
      expect(await client.ask<Comments>(COMMENTS, { id, first: 10 })).toMatchObject({ ticket: { commentCount: 0, comments: { nodes: [] } } });
      expect((await client.send('mutation($id: ID!) { addComment(ticketId: $id, body: "  ") { id } }', { id })).codes).toEqual(['BAD_INPUT']);
    });
  });
});
