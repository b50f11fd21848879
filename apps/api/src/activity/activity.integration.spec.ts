import { reached, TestFollowers, type Events } from '../../test/followers.ts';
import type { Actor } from '@trainyard/domain';
import { buildTickets, cardsOf, memberOf, seqOf } from '../../test/factories/board.ts';
import { Subscriber } from '../../test/subscriber.ts';
import type { RequestContext } from '../platform/actor.ts';
import { ProjectEventsService } from './project-events.service.ts';
import { TOLD_LETTERS } from './activity.rows.ts';
import { REPLAY_LETTERS, REPLAY_MAX } from './events.reader.ts';

const MOVE = 'mutation($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id } }';

describe('project events', () => {
  const on = TestFollowers.ofFile();

  /** What a subscription of this person begins with; `ended` when nobody listens. */
  const stranger = (userId: string, ended?: AbortSignal): RequestContext =>
    ({
      req: { sessionId: null },
      actor: { userId, orgRole: 'MEMBER', teams: {}, scopes: null } satisfies Actor,
      loaders: new Map(),
      ended,
    }) as unknown as RequestContext;

  it('bring every kind of change to another client, with the things as they are now', async () => {
    const { ids } = await buildTickets(on.trainyard, 3, { project: on.project, columns: [on.project.columns[0] as string] });
    const [a, b] = ids as [string, string];
    const since = await seqOf(on.trainyard, on.project.id);
    const subscriber = on.follow((await memberOf(on.trainyard, on.project, 'VIEWER')).client, since);
    await on.client.ask(MOVE, { id: a, columnId: on.project.columns[1], afterId: null });
    await on.client.ask('mutation($id: ID!) { updateTicket(id: $id, version: 1, input: { title: "Changed", description: "now" }) { id } }', { id: b });
    await on.client.ask('mutation($id: ID!) { addComment(ticketId: $id, body: "Well done") { id } }', { id: b });
    await on.client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "gpu", color: RED) { id } }', { p: on.project.id });
    await on.client.ask('mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "Doing" }) { id } }', { c: on.project.columns[2] });
    await on.client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids[2] });
    await subscriber.until(reached(since + 6));
    const all = subscriber.events;
    expect(all.flatMap(({ activities }) => activities.map(({ seq }) => seq))).toEqual([1, 2, 3, 4, 5, 6].map((i) => since + i));
    expect(all.flatMap(({ activities }) => activities.map(({ entity, action }) => `${entity} ${action}`))).toEqual([
      'TICKET MOVED',
      'TICKET UPDATED',
      'COMMENT CREATED',
      'LABEL CREATED',
      'COLUMN UPDATED',
      'TICKET DELETED',
    ]);
    expect(all.flatMap(({ tickets }) => tickets).find(({ id }) => id === a)?.columnId).toBe(on.project.columns[1]);
    expect(all.flatMap(({ tickets }) => tickets).findLast(({ id }) => id === b)).toMatchObject({ title: 'Changed', description: 'now', commentCount: 1 });
    expect(all.flatMap(({ tickets }) => tickets.map(({ id }) => id))).not.toContain(ids[2]);
    expect(all.flatMap(({ comments }) => comments.map(({ body }) => body))).toEqual(['Well done']);
    expect(all.flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual(['gpu']);
    const columns = new Map(all.flatMap((event) => event.columns.map((column) => [column.id, column])));
    expect(columns.get(on.project.columns[2] as string)?.name).toBe('Doing');
    expect(columns.get(on.project.columns[1] as string)?.ticketCount).toBe(1);
    expect(columns.get(on.project.columns[0] as string)?.ticketCount).toBe(1);
  });

  it('arrive in order without gaps under many writers, whenever one joins, and lead to the board as it is', async () => {
    const { ids } = await buildTickets(on.trainyard, 30, { project: on.project });
    const before = new Map(
      (
        await Promise.all(
          on.project.columns.map(async (id) => (await cardsOf(on.trainyard, id)).map((card) => [card.id, { columnId: id, rank: card.rank }] as const)),
        )
      ).flat(),
    );
    const since = await seqOf(on.trainyard, on.project.id);
    const early = on.follow(on.client, since);
    const late: Subscriber<Events>[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, writer) => {
        for (let i = 0; i < 15; i++) {
          const id = ids[(writer * 7 + i * 3) % ids.length] as string;
          await on.client.send(MOVE, { id, columnId: on.project.columns[(writer + i) % 5], afterId: null });
          if (writer === 0 && i % 5 === 0) late.push(on.follow(on.client, since));
        }
      }),
    );
    const end = await seqOf(on.trainyard, on.project.id);
    expect(end).toBeGreaterThan(since + 100);
    for (const subscriber of [early, ...late]) {
      await subscriber.until(reached(end));
      const activities = subscriber.events.flatMap((event) => event.activities);
      expect(activities.map(({ seq }) => seq)).toEqual(Array.from({ length: end - since }, (_, i) => since + i + 1));
      const replayed = new Map(before);
      for (const { entityId, changes } of activities) {
        expect(replayed.get(entityId)).toEqual({ columnId: changes['columnId']?.from, rank: changes['rank']?.from });
        replayed.set(entityId, { columnId: changes['columnId']?.to as string, rank: changes['rank']?.to as string });
      }
      for (const columnId of on.project.columns) {
        const cards = await cardsOf(on.trainyard, columnId);
        const mine = [...replayed].filter(([, place]) => place.columnId === columnId).map(([id, { rank }]) => ({ id, rank }));
        expect(mine.toSorted((x, y) => (x.rank < y.rank ? -1 : 1))).toEqual(cards);
      }
    }
    const caught = await on.catchUp(since);
    expect(caught.activities).toEqual(early.events.flatMap((event) => event.activities));
  });

  it('after a cut connection go on where they stopped, and equal what one who stayed saw', async () => {
    const { ids } = await buildTickets(on.trainyard, 4, { project: on.project });
    const since = await seqOf(on.trainyard, on.project.id);
    const stayed = on.follow(on.client, since);
    const cut = on.follow(on.client, since);
    const change = (id: string, version: number, title: string) =>
      on.client.ask('mutation($id: ID!, $v: Int!, $t: String!) { updateTicket(id: $id, version: $v, input: { title: $t }) { id } }', {
        id,
        v: version,
        t: title,
      });
    await change(ids[0] as string, 1, 'one');
    await cut.until(reached(since + 1));
    await cut.stop();
    await change(ids[0] as string, 2, 'two');
    await change(ids[1] as string, 1, 'three');
    const again = on.follow(on.client, since + 1);
    await change(ids[2] as string, 1, 'four');
    await Promise.all([stayed.until(reached(since + 4)), again.until(reached(since + 4))]);
    const seen = (subscriber: Subscriber<Events>) => subscriber.events.flatMap((event) => event.activities);
    expect([...seen(cut), ...seen(again)]).toEqual(seen(stayed));
    expect((await on.catchUp(since + 1)).tickets.map(({ title }) => title).toSorted()).toEqual(['four', 'three', 'two']);
    expect(await on.catchUp(since + 4)).toMatchObject({ seq: since + 4, reset: false, activities: [], tickets: [] });
  });

  it('coalesce for one who takes them slowly', async () => {
    const { ids } = await buildTickets(on.trainyard, 1, { project: on.project });
    const since = await seqOf(on.trainyard, on.project.id);
    const watcher = on.follow(on.client, since);
    const reader = await memberOf(on.trainyard, on.project);
    const slow = on.trainyard.app.get(ProjectEventsService).follow(stranger(reader.user.id), on.project.id, since);
    const rename = (version: number) =>
      on.client.ask('mutation($id: ID!, $v: Int!, $t: String!) { updateTicket(id: $id, version: $v, input: { title: $t }) { id } }', {
        id: ids[0],
        v: version,
        t: `Title ${version}`,
      });
    await rename(1);
    const first = await slow.next();
    for (let version = 2; version <= 40; version++) await rename(version);
    await watcher.until(reached(since + 40));
    const second = await slow.next();
    expect([first.value?.activities.length, second.value?.activities.length]).toEqual([1, 39]);
    expect(second.value?.things['tickets']).toMatchObject([{ title: 'Title 40' }]);
    await slow.return(undefined);
  });

  it('come by being woken, and what happens while one reads right behind it', async () => {
    on.neverByTheClock();
    const since = await seqOf(on.trainyard, on.project.id);
    const label = (name: string) =>
      on.client.ask('mutation($p: ID!, $name: String!) { createLabel(projectId: $p, name: $name, color: RED) { id } }', { p: on.project.id, name });
    const reader = on.follow(on.client, since);
    await label('first');
    await reader.until(reached(since + 1));
    const { direct } = on.trainyard.database;
    const query = direct.query.bind(direct);
    direct.query = async (sql: string, parameters?: unknown[]): Promise<unknown> => {
      const found = await query(sql, parameters);
      if (!sql.includes('news AS MATERIALIZED')) return found;
      // The read of the second label has found it and nothing more: the third comes before it is told.
      direct.query = query;
      await label('third');
      return found;
    };
    await label('second');
    await reader.until(reached(since + 3));
    expect(reader.events.flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual(['first', 'second', 'third']);
  });

  it('say that a long text changed, and leave what it says to the history', async () => {
    const { ids } = await buildTickets(on.trainyard, 1, { project: on.project });
    const since = await seqOf(on.trainyard, on.project.id);
    const long = '界'.repeat(TOLD_LETTERS);
    await on.client.ask('mutation($id: ID!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: 1, input: $i) { id } }', {
      id: ids[0],
      i: { title: 'Short', description: long },
    });
    const { activities } = await on.catchUp(since);
    expect(activities).toMatchObject([{ changes: { title: { to: 'Short' }, description: { long: true } } }]);
    const { ticket } = await on.client.ask<{ ticket: { activity: { nodes: { changes: unknown }[] } } }>(
      'query($id: ID!) { ticket(id: $id) { activity(first: 1) { nodes { changes } } } }',
      { id: ids[0] },
    );
    expect(ticket.activity.nodes).toMatchObject([{ changes: { description: { to: long } } }]);
  });

  it('say that one must load afresh where the changes that one missed are too long to be told', async () => {
    const since = await seqOf(on.trainyard, on.project.id);
    const told = async (letters: number) => {
      const from = await seqOf(on.trainyard, on.project.id);
      // Two hundred fields, each short enough to be told.
      const fields = 200;
      const each = Math.floor(letters / fields) - '"f000": "", '.length;
      const changes = Object.fromEntries(Array.from({ length: fields }, (_, i) => [`f${100 + i}`, 'y'.repeat(each)]));
      changes['f100'] += 'y'.repeat(letters - fields * (each + '"f000": "", '.length));
      await on.trainyard.database.direct.query(
        `INSERT INTO activity (scope, seq, entity, entity_id, action, changes) VALUES ($1, $2, 'PROJECT', $1, 'UPDATED', $3)`,
        [on.project.id, from + 1, changes],
      );
      await on.trainyard.database.direct.query('UPDATE activity_scope SET seq = seq + 1 WHERE id = $1', [on.project.id]);
      const { reset, activities } = await on.catchUp(from);
      return [reset, activities.length];
    };
    expect(await told(REPLAY_LETTERS)).toEqual([false, 1]);
    expect(await told(REPLAY_LETTERS + 1)).toEqual([true, 0]);
    expect(await on.catchUp(since)).toMatchObject({ seq: since + 2, reset: true, activities: [] });
    expect(await on.catchUp(since + 2)).toMatchObject({ seq: since + 2, reset: false });
  });

  it('say that one must load afresh who is too far behind, or ahead of the log', async () => {
    const since = await seqOf(on.trainyard, on.project.id);
    await on.trainyard.database.direct.query(
      `INSERT INTO activity (scope, seq, entity, entity_id, action) SELECT $1, $2 + n, 'PROJECT', $1, 'UPDATED' FROM generate_series(1, 1001) n`,
      [on.project.id, since],
    );
    await on.trainyard.database.direct.query('UPDATE activity_scope SET seq = seq + 1001 WHERE id = $1', [on.project.id]);
    expect(await on.catchUp(since)).toMatchObject({ seq: since + 1001, reset: true, activities: [] });
    const furthest = await on.catchUp(since + 1);
    expect([furthest.reset, furthest.activities.length]).toEqual([false, 1000]);
    expect(await on.catchUp(since + 5000)).toMatchObject({ seq: since + 1001, reset: true });
    const subscriber = on.follow(on.client, since);
    await subscriber.until(({ events }) => events.length > 0);
    expect(subscriber.events[0]).toMatchObject({ reset: true, seq: since + 1001 });
  });

  it('do not tell those who look on of a change of a thousand things, by one read for all, and tell what follows', async () => {
    on.neverByTheClock();
    const columnId = on.project.columns[0] as string;
    const { ids } = await buildTickets(on.trainyard, REPLAY_MAX, { project: on.project, columns: [columnId] });
    const since = await seqOf(on.trainyard, on.project.id);
    const label = (name: string) =>
      on.client.ask('mutation($p: ID!, $name: String!) { createLabel(projectId: $p, name: $name, color: RED) { id } }', { p: on.project.id, name });
    const readers = Array.from({ length: 3 }, () => on.follow(on.client, since));
    await label('before');
    await Promise.all(readers.map((reader) => reader.until(reached(since + 1))));
    const { direct } = on.trainyard.database;
    const query = direct.query.bind(direct);
    let reads = 0;
    direct.query = async (sql: string, parameters?: unknown[]): Promise<unknown> => {
      if (sql.includes('news AS MATERIALIZED')) reads += 1;
      return query(sql, parameters);
    };
    try {
      await on.client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: columnId });
      const after = since + 1 + REPLAY_MAX + 1;
      expect(await seqOf(on.trainyard, on.project.id)).toBe(after);
      await Promise.all(readers.map((reader) => reader.until(reached(after))));
      expect(reads).toBe(1);
      // Who reads again what they show has all of it.
      const { column } = await on.client.ask<{ column: { category: string; tickets: { seq: number; nodes: { state: string }[] } } }>(
        'query($id: ID!) { column(id: $id) { category tickets(limit: 3) { seq nodes { state } } } }',
        { id: columnId },
      );
      expect(column).toEqual({ category: 'DONE', tickets: { seq: after, nodes: Array.from({ length: 3 }, () => ({ state: 'DONE' })) } });
      await on.client.ask(MOVE, { id: ids[0], columnId: on.project.columns[1], afterId: null });
      for (const reader of readers) {
        await reader.until(reached(after + 1));
        expect(reader.events.slice(1)).toMatchObject([
          { seq: after, reset: true, activities: [], tickets: [], columns: [] },
          { seq: after + 1, reset: false, activities: [{ action: 'MOVED' }], tickets: [{ id: ids[0], columnId: on.project.columns[1] }] },
        ]);
      }
    } finally {
      direct.query = query;
    }
  });
});
