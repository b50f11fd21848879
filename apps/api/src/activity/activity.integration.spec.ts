import type { Actor } from '@trainyard/domain';
import { buildProject, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import type { RequestContext } from '../platform/actor.ts';
import { ProjectTail } from './project-tail.ts';
import { ProjectEventsService } from './project-events.service.ts';
import { TOLD_LETTERS } from './activity.rows.ts';
import { REPLAY_LETTERS, REPLAY_MAX } from './events.reader.ts';

const FIELDS =
  '{ seq reset activities { seq entity entityId ticketId action changes actor { id } } tickets { id title columnId rank commentCount description } columns { id name ticketCount } comments { id body } labels { id name } runs { id } }';
const FOLLOW = `subscription($projectId: ID!, $since: Int!) { projectEvents(projectId: $projectId, since: $since) ${FIELDS} }`;
const CATCH_UP = `query($projectId: ID!, $since: Int!) { projectEvents(projectId: $projectId, since: $since) ${FIELDS} }`;
const MOVE = 'mutation($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id } }';

interface Events {
  seq: number;
  reset: boolean;
  activities: {
    seq: number;
    entity: string;
    entityId: string;
    ticketId: string | null;
    action: string;
    changes: Record<string, { from: string | null; to: string | null }>;
  }[];
  tickets: { id: string; title: string; columnId: string; rank: string; commentCount: number; description: string }[];
  columns: { id: string; name: string; ticketCount: number }[];
  comments: { id: string; body: string }[];
  labels: { name: string }[];
}

describe('project events', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  const open: Subscriber<Events>[] = [];
  const follow = (by: GraphqlClient, since: number, projectId = project.id): Subscriber<Events> => {
    const subscriber = new Subscriber<Events>(by, FOLLOW, { projectId, since });
    open.push(subscriber);
    return subscriber;
  };
  const catchUp = async (since: number): Promise<Events> =>
    (await client.ask<{ projectEvents: Events }>(CATCH_UP, { projectId: project.id, since })).projectEvents;
  const reached = (seq: number) => (subscriber: Subscriber<Events>) => (subscriber.events.at(-1)?.seq ?? 0) >= seq;

  /** What a subscription of this person begins with; `ended` when nobody listens. */
  const stranger = (userId: string, ended?: AbortSignal): RequestContext =>
    ({
      req: { sessionId: null },
      actor: { userId, orgRole: 'MEMBER', teams: {}, scopes: null } satisfies Actor,
      loaders: new Map(),
      ended,
    }) as unknown as RequestContext;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard);
    client = (await memberOf(trainyard, project, 'LEAD')).client;
  });
  const { changed } = ProjectTail.prototype;
  const { setInterval } = globalThis;
  /** Who follows is woken or waits: neither is the log looked at again and again, nor are rights after some seconds. */
  const neverByTheClock = (): void => {
    ProjectTail.prototype.changed = function (this: ProjectTail, position, _timeoutMs, ended) {
      return changed.call(this, position, 60_000, ended);
    };
    globalThis.setInterval = ((look: () => void) => setInterval(look, 60_000)) as typeof globalThis.setInterval;
  };
  afterEach(async () => {
    ProjectTail.prototype.changed = changed;
    globalThis.setInterval = setInterval;
    for (const subscriber of open.splice(0)) await subscriber.stop();
  });

  it('bring every kind of change to another client, with the things as they are now', async () => {
    const { ids } = await buildTickets(trainyard, 3, { project, columns: [project.columns[0] as string] });
    const [a, b] = ids as [string, string];
    const since = await seqOf(trainyard, project.id);
    const subscriber = follow((await memberOf(trainyard, project, 'VIEWER')).client, since);
    await client.ask(MOVE, { id: a, columnId: project.columns[1], afterId: null });
    await client.ask('mutation($id: ID!) { updateTicket(id: $id, version: 1, input: { title: "Changed", description: "now" }) { id } }', { id: b });
    await client.ask('mutation($id: ID!) { addComment(ticketId: $id, body: "Well done") { id } }', { id: b });
    await client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "gpu", color: RED) { id } }', { p: project.id });
    await client.ask('mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "Doing" }) { id } }', { c: project.columns[2] });
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids[2] });
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
    expect(all.flatMap(({ tickets }) => tickets).find(({ id }) => id === a)?.columnId).toBe(project.columns[1]);
    expect(all.flatMap(({ tickets }) => tickets).findLast(({ id }) => id === b)).toMatchObject({ title: 'Changed', description: 'now', commentCount: 1 });
    expect(all.flatMap(({ tickets }) => tickets.map(({ id }) => id))).not.toContain(ids[2]);
    expect(all.flatMap(({ comments }) => comments.map(({ body }) => body))).toEqual(['Well done']);
    expect(all.flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual(['gpu']);
    const columns = new Map(all.flatMap((event) => event.columns.map((column) => [column.id, column])));
    expect(columns.get(project.columns[2] as string)?.name).toBe('Doing');
    expect(columns.get(project.columns[1] as string)?.ticketCount).toBe(1);
    expect(columns.get(project.columns[0] as string)?.ticketCount).toBe(1);
  });

  it('arrive in order without gaps under many writers, whenever one joins, and lead to the board as it is', async () => {
    const { ids } = await buildTickets(trainyard, 30, { project });
    const before = new Map(
      (
        await Promise.all(
          project.columns.map(async (id) => (await cardsOf(trainyard, id)).map((card) => [card.id, { columnId: id, rank: card.rank }] as const)),
        )
      ).flat(),
    );
    const since = await seqOf(trainyard, project.id);
    const early = follow(client, since);
    const late: Subscriber<Events>[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, writer) => {
        for (let i = 0; i < 15; i++) {
          const id = ids[(writer * 7 + i * 3) % ids.length] as string;
          await client.send(MOVE, { id, columnId: project.columns[(writer + i) % 5], afterId: null });
          if (writer === 0 && i % 5 === 0) late.push(follow(client, since));
        }
      }),
    );
    const end = await seqOf(trainyard, project.id);
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
      for (const columnId of project.columns) {
        const cards = await cardsOf(trainyard, columnId);
        const mine = [...replayed].filter(([, place]) => place.columnId === columnId).map(([id, { rank }]) => ({ id, rank }));
        expect(mine.toSorted((x, y) => (x.rank < y.rank ? -1 : 1))).toEqual(cards);
      }
    }
    const caught = await catchUp(since);
    expect(caught.activities).toEqual(early.events.flatMap((event) => event.activities));
  });

  it('after a cut connection go on where they stopped, and equal what one who stayed saw', async () => {
    const { ids } = await buildTickets(trainyard, 4, { project });
    const since = await seqOf(trainyard, project.id);
    const stayed = follow(client, since);
    const cut = follow(client, since);
    const change = (id: string, version: number, title: string) =>
      client.ask('mutation($id: ID!, $v: Int!, $t: String!) { updateTicket(id: $id, version: $v, input: { title: $t }) { id } }', { id, v: version, t: title });
    await change(ids[0] as string, 1, 'one');
    await cut.until(reached(since + 1));
    await cut.stop();
    await change(ids[0] as string, 2, 'two');
    await change(ids[1] as string, 1, 'three');
    const again = follow(client, since + 1);
    await change(ids[2] as string, 1, 'four');
    await Promise.all([stayed.until(reached(since + 4)), again.until(reached(since + 4))]);
    const seen = (subscriber: Subscriber<Events>) => subscriber.events.flatMap((event) => event.activities);
    expect([...seen(cut), ...seen(again)]).toEqual(seen(stayed));
    expect((await catchUp(since + 1)).tickets.map(({ title }) => title).toSorted()).toEqual(['four', 'three', 'two']);
    expect(await catchUp(since + 4)).toMatchObject({ seq: since + 4, reset: false, activities: [], tickets: [] });
  });

  it('coalesce for one who takes them slowly', async () => {
    const { ids } = await buildTickets(trainyard, 1, { project });
    const since = await seqOf(trainyard, project.id);
    const watcher = follow(client, since);
    const reader = await memberOf(trainyard, project);
    const slow = trainyard.app.get(ProjectEventsService).follow(stranger(reader.user.id), project.id, since);
    const rename = (version: number) =>
      client.ask('mutation($id: ID!, $v: Int!, $t: String!) { updateTicket(id: $id, version: $v, input: { title: $t }) { id } }', {
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
    neverByTheClock();
    const since = await seqOf(trainyard, project.id);
    const label = (name: string) =>
      client.ask('mutation($p: ID!, $name: String!) { createLabel(projectId: $p, name: $name, color: RED) { id } }', { p: project.id, name });
    const reader = follow(client, since);
    await label('first');
    await reader.until(reached(since + 1));
    const { direct } = trainyard.database;
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
    const { ids } = await buildTickets(trainyard, 1, { project });
    const since = await seqOf(trainyard, project.id);
    const long = '界'.repeat(TOLD_LETTERS);
    await client.ask('mutation($id: ID!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: 1, input: $i) { id } }', {
      id: ids[0],
      i: { title: 'Short', description: long },
    });
    const { activities } = await catchUp(since);
    expect(activities).toMatchObject([{ changes: { title: { to: 'Short' }, description: { long: true } } }]);
    const { ticket } = await client.ask<{ ticket: { activity: { nodes: { changes: unknown }[] } } }>(
      'query($id: ID!) { ticket(id: $id) { activity(first: 1) { nodes { changes } } } }',
      { id: ids[0] },
    );
    expect(ticket.activity.nodes).toMatchObject([{ changes: { description: { to: long } } }]);
  });

  it('say that one must load afresh where the changes that one missed are too long to be told', async () => {
    const since = await seqOf(trainyard, project.id);
    const told = async (letters: number) => {
      const from = await seqOf(trainyard, project.id);
      // Two hundred fields, each short enough to be told.
      const fields = 200;
      const each = Math.floor(letters / fields) - '"f000": "", '.length;
      const changes = Object.fromEntries(Array.from({ length: fields }, (_, i) => [`f${100 + i}`, 'y'.repeat(each)]));
      changes['f100'] += 'y'.repeat(letters - fields * (each + '"f000": "", '.length));
      await trainyard.database.direct.query(
        `INSERT INTO activity (scope, seq, entity, entity_id, action, changes) VALUES ($1, $2, 'PROJECT', $1, 'UPDATED', $3)`,
        [project.id, from + 1, changes],
      );
      await trainyard.database.direct.query('UPDATE activity_scope SET seq = seq + 1 WHERE id = $1', [project.id]);
      const { reset, activities } = await catchUp(from);
      return [reset, activities.length];
    };
    expect(await told(REPLAY_LETTERS)).toEqual([false, 1]);
    expect(await told(REPLAY_LETTERS + 1)).toEqual([true, 0]);
    expect(await catchUp(since)).toMatchObject({ seq: since + 2, reset: true, activities: [] });
    expect(await catchUp(since + 2)).toMatchObject({ seq: since + 2, reset: false });
  });

  it('say that one must load afresh who is too far behind, or ahead of the log', async () => {
    const since = await seqOf(trainyard, project.id);
    await trainyard.database.direct.query(
      `INSERT INTO activity (scope, seq, entity, entity_id, action) SELECT $1, $2 + n, 'PROJECT', $1, 'UPDATED' FROM generate_series(1, 1001) n`,
      [project.id, since],
    );
    await trainyard.database.direct.query('UPDATE activity_scope SET seq = seq + 1001 WHERE id = $1', [project.id]);
    expect(await catchUp(since)).toMatchObject({ seq: since + 1001, reset: true, activities: [] });
    const furthest = await catchUp(since + 1);
    expect([furthest.reset, furthest.activities.length]).toEqual([false, 1000]);
    expect(await catchUp(since + 5000)).toMatchObject({ seq: since + 1001, reset: true });
    const subscriber = follow(client, since);
    await subscriber.until(({ events }) => events.length > 0);
    expect(subscriber.events[0]).toMatchObject({ reset: true, seq: since + 1001 });
  });

  it('do not tell those who look on of a change of a thousand things, by one read for all, and tell what follows', async () => {
    neverByTheClock();
    const columnId = project.columns[0] as string;
    const { ids } = await buildTickets(trainyard, REPLAY_MAX, { project, columns: [columnId] });
    const since = await seqOf(trainyard, project.id);
    const label = (name: string) =>
      client.ask('mutation($p: ID!, $name: String!) { createLabel(projectId: $p, name: $name, color: RED) { id } }', { p: project.id, name });
    const readers = Array.from({ length: 3 }, () => follow(client, since));
    await label('before');
    await Promise.all(readers.map((reader) => reader.until(reached(since + 1))));
    const { direct } = trainyard.database;
    const query = direct.query.bind(direct);
    let reads = 0;
    direct.query = async (sql: string, parameters?: unknown[]): Promise<unknown> => {
      if (sql.includes('news AS MATERIALIZED')) reads += 1;
      return query(sql, parameters);
    };
    try {
      await client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: columnId });
      const after = since + 1 + REPLAY_MAX + 1;
      expect(await seqOf(trainyard, project.id)).toBe(after);
      await Promise.all(readers.map((reader) => reader.until(reached(after))));
      expect(reads).toBe(1);
      // Who reads again what they show has all of it.
      const { column } = await client.ask<{ column: { category: string; tickets: { seq: number; nodes: { state: string }[] } } }>(
        'query($id: ID!) { column(id: $id) { category tickets(limit: 3) { seq nodes { state } } } }',
        { id: columnId },
      );
      expect(column).toEqual({ category: 'DONE', tickets: { seq: after, nodes: Array.from({ length: 3 }, () => ({ state: 'DONE' })) } });
      await client.ask(MOVE, { id: ids[0], columnId: project.columns[1], afterId: null });
      for (const reader of readers) {
        await reader.until(reached(after + 1));
        expect(reader.events.slice(1)).toMatchObject([
          { seq: after, reset: true, activities: [], tickets: [], columns: [] },
          { seq: after + 1, reset: false, activities: [{ action: 'MOVED' }], tickets: [{ id: ids[0], columnId: project.columns[1] }] },
        ]);
      }
    } finally {
      direct.query = query;
    }
  });

  it('are not for outsiders of a private project', async () => {
    const hidden = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { client: outsider } = await someone(trainyard);
    const subscriber = follow(outsider, 0, hidden.id);
    await subscriber.until(({ ended }) => ended !== null);
    expect([subscriber.ended, subscriber.events]).toEqual([['NOT_FOUND'], []]);
    expect((await outsider.send(CATCH_UP, { projectId: hidden.id, since: 0 })).codes).toEqual(['NOT_FOUND']);
    // Refused as what is not there is: at once, and not when the first event or the next look at rights comes.
    const head = await seqOf(trainyard, hidden.id);
    await expect(
      trainyard.app
        .get(ProjectEventsService)
        .follow(stranger((await someone(trainyard)).user.id, AbortSignal.abort()), hidden.id, head)
        .next(),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = follow(trainyard.client(), 0, hidden.id);
    await nobody.until(({ ended }) => ended !== null);
    expect(nobody.events).toEqual([]);
  });

  it('are refused on a socket that was opened while they were allowed', async () => {
    const hidden = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const member = await memberOf(trainyard, hidden);
    const socket = new Subscriber<Events>(member.client, FOLLOW, { projectId: hidden.id, since: (await seqOf(trainyard, hidden.id)) - 1 });
    open.push(socket);
    await socket.until(({ events }) => events.length > 0);
    await trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [member.user.id]);
    const again = socket.also(FOLLOW, { projectId: hidden.id, since: 0 });
    await again.until(({ ended }) => ended !== null);
    expect([again.ended, again.events]).toEqual([['NOT_FOUND'], []]);
  });

  it('begin for nobody on the socket of an account that was disabled since, whatever the subscription itself asks', async () => {
    neverByTheClock();
    const { user, client: member } = await memberOf(trainyard, project);
    const socket = follow(member, (await seqOf(trainyard, project.id)) - 1);
    await socket.until(({ events }) => events.length > 0);
    const service = trainyard.app.get(ProjectEventsService);
    service.follow = async function* () {
      yield { seq: 1, reset: true, activities: [], things: {} };
    };
    try {
      await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [user.id]);
      const late = socket.also(FOLLOW, { projectId: project.id, since: 0 });
      await late.until(({ ended }) => ended !== null);
      expect([late.ended, late.events, socket.ended]).toEqual([['UNAUTHENTICATED'], [], null]);
    } finally {
      Reflect.deleteProperty(service, 'follow');
    }
  });

  it('end at once for outsiders when the project is made private, and for members go on', async () => {
    const since = await seqOf(trainyard, project.id);
    const outsider = follow((await someone(trainyard)).client, since);
    const member = follow((await memberOf(trainyard, project)).client, since);
    await client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "seen", color: RED) { id } }', { p: project.id });
    await Promise.all([outsider.until(reached(since + 1)), member.until(reached(since + 1))]);
    await client.ask('mutation($id: ID!) { updateProject(id: $id, version: 1, input: { visibility: PRIVATE, name: "Secret plan" }) { id } }', {
      id: project.id,
    });
    await outsider.until(({ ended }) => ended !== null);
    expect(outsider.ended).toEqual(['NOT_FOUND']);
    expect(JSON.stringify(outsider.events)).not.toContain('Secret plan');
    await member.until(reached(since + 2));
    expect(member.ended).toBeNull();
  });

  it('end at once for an account that is disabled and for a session that was ended', async () => {
    neverByTheClock();
    const since = await seqOf(trainyard, project.id);
    const admin = await someone(trainyard, 'ADMIN');
    const fired = await memberOf(trainyard, project);
    const left = await memberOf(trainyard, project);
    const [first, second] = [follow(fired.client, since), follow(left.client, since)];
    await client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "seen", color: RED) { id } }', { p: project.id });
    await Promise.all([first.until(reached(since + 1)), second.until(reached(since + 1))]);
    await admin.client.ask('mutation($id: ID!) { updateUser(id: $id, version: 1, input: { disabled: true }) { id } }', { id: fired.user.id });
    await first.until(({ ended }) => ended !== null);
    expect(first.ended).toEqual(['UNAUTHENTICATED']);
    await left.client.ask('mutation { signOutEverywhere }');
    await second.until(({ ended }) => ended !== null);
    expect(second.ended).toEqual(['UNAUTHENTICATED']);
  });
});
