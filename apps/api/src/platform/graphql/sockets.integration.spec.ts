import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { GraphqlClient } from '../../../test/client.ts';
import { buildProject, buildTickets, memberOf, seqOf, type BuiltProject } from '../../../test/factories/board.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { activityTopic } from '../log/activity-log.ts';
import { DEFAULT_LIMITS } from '../http/limits.ts';
import { Wakeups } from '../log/wakeups.ts';

const FOLLOW = 'subscription ($projectId: ID!) { projectEvents(projectId: $projectId, since: 0) { seq } }';

interface Message {
  type: string;
  id?: string;
  payload?: { message: string; extensions: { code: string; params: object } }[];
}

/** A socket as anybody's program holds it; says what it likes, and waits for what it is told. */
class RawSocket {
  readonly told: Message[] = [];
  readonly closed: Promise<[number, string]>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.told.push(JSON.parse(String(data)) as Message));
    this.closed = new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)])));
  }

  static async open(trainyard: TestTrainyard, by: GraphqlClient | null): Promise<RawSocket> {
    const socket = new WebSocket(`${trainyard.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: by?.cookie ? { cookie: by.cookie } : {},
    });
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  async until(found: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const message = this.told.find(found);
      if (message) return message;
      await once(this.socket, 'message');
    }
  }

  async init(): Promise<this> {
    this.say({ type: 'connection_init' });
    await this.until(({ type }) => type === 'connection_ack');
    return this;
  }

  subscribe(id: string, payload: object): Promise<Message> {
    this.say({ type: 'subscribe', id, payload });
    return this.until((message) => message.id === id);
  }
}

/** Asks again until the answer is this one: a place is given back a moment after what took it has ended. */
async function become(ask: () => Promise<string>, answer: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await ask()) !== answer) if (Date.now() > deadline) throw new Error(`never became ${answer}`);
}

describe('a socket', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let member: GraphqlClient;
  const sockets: RawSocket[] = [];
  const open = async (by: GraphqlClient | null): Promise<RawSocket> => {
    const socket = await RawSocket.open(trainyard, by);
    sockets.push(socket);
    return socket;
  };
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({
      limits: {
        ...DEFAULT_LIMITS,
        waitSeconds: 1,
        socketIdleSeconds: 2,
        socketsPerPerson: 3,
        socketsPerAddress: 10,
        subscriptionsPerSocket: 4,
        subscriptionsPerPerson: 6,
      },
    });
    project = await buildProject(trainyard);
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    member = (await memberOf(trainyard, project)).client;
  });
  afterEach(async () => {
    for (const { socket, closed } of sockets.splice(0)) {
      socket.terminate();
      await closed;
    }
  });
  const codesOf = ({ payload }: Message): (string | undefined)[] => (payload ?? []).map(({ extensions }) => extensions.code);

  it('over which nothing is said is closed', async () => {
    const socket = await open(member);
    expect(await socket.closed).toEqual([4408, 'Connection initialisation timeout']);
  });

  it('over which nothing is followed is closed, and one that follows something is not', async () => {
    const idle = await (await open(member)).init();
    const used = await (await open(member)).init();
    expect((await used.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } })).type).toBe('next');
    expect(await idle.closed).toEqual([4408, 'Nothing is followed over this socket']);
    expect(used.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('of somebody not signed in follows nothing, and is soon closed', async () => {
    const socket = await (await open(null)).init();
    expect(codesOf(await socket.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } }))).toEqual(['UNAUTHENTICATED']);
    expect((await socket.closed)[0]).toBe(4408);
  });

  it('carries so many subscriptions, and a person has so many over all; what ends makes room', async () => {
    const [first, second] = [await (await open(member)).init(), await (await open(member)).init()];
    const follow = (socket: RawSocket, id: string) => socket.subscribe(id, { query: FOLLOW, variables: { projectId: project.id } });
    for (const id of ['a', 'b', 'c', 'd']) expect((await follow(first, id)).type).toBe('next');
    const refused = await follow(first, 'e');
    expect([refused.type, refused.payload?.[0]?.extensions]).toEqual(['error', { code: 'TOO_MANY_SUBSCRIPTIONS', params: { limit: 4 } }]);
    for (const id of ['a', 'b']) expect((await follow(second, id)).type).toBe('next');
    expect((await follow(second, 'c')).payload?.[0]?.extensions).toEqual({ code: 'TOO_MANY_SUBSCRIPTIONS', params: { limit: 6 } });
    first.say({ type: 'complete', id: 'a' });
    await become(async () => (await follow(second, `again${second.told.length}`)).type, 'next');
    expect((await follow(second, 'full')).type).toBe('error');
    first.socket.terminate();
    await first.closed;
    await become(async () => (await follow(second, `room${second.told.length}`)).type, 'next');
  });

  it('that is asked for far more than it carries is closed, and the rest of it is not looked at', async () => {
    const socket = await (await open(member)).init();
    for (let i = 0; i < 200; i++) socket.say({ type: 'subscribe', id: `s${i}`, payload: { query: FOLLOW, variables: { projectId: project.id } } });
    expect((await socket.closed)[0]).toBe(4429);
    expect(socket.told.filter(({ type }) => type === 'error').length).toBeLessThanOrEqual(5);
  });

  it('that is closed leaves nobody listening for what was followed over it', async () => {
    const { emitter } = trainyard.app.get(Wakeups) as unknown as { emitter: { listenerCount: (topic: string) => number } };
    const listening = () => emitter.listenerCount(activityTopic(project.id));
    await become(async () => (await member.send('{ viewer { locale } }'), String(listening())), '0');
    const socket = await (await open(member)).init();
    expect((await socket.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } })).type).toBe('next');
    expect(listening()).toBe(1);
    const from = performance.now();
    socket.socket.terminate();
    await become(async () => (await member.send('{ viewer { locale } }'), String(listening())), '0');
    // Far less than the seconds after which who waits looks anyway.
    expect(performance.now() - from).toBeLessThan(2_500);
  });

  it('is one of so many that a person and an address have open at once', async () => {
    for (let i = 0; i < 3; i++) await open(member);
    await expect(open(member)).rejects.toThrow('429');
    const others = [(await memberOf(trainyard, project)).client, (await memberOf(trainyard, project)).client, (await memberOf(trainyard, project)).client];
    const opened = (other: GraphqlClient) =>
      become(
        () =>
          open(other).then(
            () => 'open',
            () => 'refused',
          ),
        'open',
      );
    for (const other of others.slice(0, 2)) for (let i = 0; i < 3; i++) await opened(other);
    const last = others[2] as GraphqlClient;
    await opened(last);
    await expect(open(last)).rejects.toThrow('429');
    sockets[0]?.socket.terminate();
    await opened(last);
  });

  it.each([
    ['a query', { query: '{ viewer { locale } }' }],
    ['a mutation', { query: 'mutation { signOut }' }],
    ['a document without an operation', { query: 'fragment F on Query { viewer { locale } }' }],
    ['a document that is none', { query: 'subscription {' }],
    ['nothing', { query: '' }],
    ['what this schema has not', { query: 'subscription { nope }' }],
    ['a subscription without its variables', { query: FOLLOW }],
    ['variables of another kind', { query: FOLLOW, variables: { projectId: {} } }],
    ['an id that is none', { query: FOLLOW, variables: { projectId: 'none' } }],
    ['an operation that is not there', { query: `query A { viewer { locale } }`, operationName: 'B' }],
  ])('answers %s with what is wrong, in our words, and goes on', async (_, payload) => {
    const socket = await (await open(member)).init();
    const answer = await socket.subscribe('a', payload);
    expect([answer.type, codesOf(answer)]).toEqual(['error', ['BAD_INPUT']]);
    expect((await socket.subscribe('b', { query: FOLLOW, variables: { projectId: project.id } })).type).toBe('next');
  });

  it.each([
    ['a query that is no text', { type: 'subscribe', id: 'a', payload: { query: 5 } }],
    ['a query that is a list', { type: 'subscribe', id: 'a', payload: { query: [FOLLOW] } }],
    ['a message without what it is for', { type: 'subscribe', id: 'a' }],
    ['no message', 5],
  ])('is closed for %s, with the reason, and the server lives', async (_, message) => {
    const socket = await (await open(member)).init();
    socket.say(message as object);
    expect(await socket.closed).toEqual([4400, 'Invalid message received']);
    expect((await member.send('{ viewer { locale } }')).codes).toEqual([]);
  });

  it.each([
    ['the protocol’s own pings', (socket: WebSocket) => socket.send(JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(100_000) } }))],
    ['pings beneath it', (socket: WebSocket) => void Array.from({ length: 800 }, () => socket.ping('x'.repeat(125)))],
  ])('is not read any further while its answers to %s are not read, and goes on once they are', async (_, ask) => {
    const raw = await (await open(member)).init();
    expect((await raw.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } })).type).toBe('next');
    const { socket } = raw;
    const beneath = (socket as unknown as { _socket: Socket })._socket;
    let answers = 0;
    for (const answer of ['message', 'pong']) socket.on(answer, () => (answers += 1));
    const before = answers;
    beneath.pause();
    // What the system's own buffers hold is far below all of this.
    for (let i = 0; i < 200; i++) ask(socket);
    for (let i = 0; i < 20; i++) expect((await member.send('{ viewer { locale } }')).codes).toEqual([]);
    expect(socket.bufferedAmount).toBeGreaterThan(1_000_000);
    beneath.resume();
    await become(async () => (await member.send('{ viewer { locale } }'), String(socket.bufferedAmount)), '0');
    await become(async () => (await member.send('{ viewer { locale } }'), String((answers - before) % 200)), '0');
    expect(answers).toBeGreaterThan(before);
  });

  it('that nobody reads holds up its person alone, with a few events, and is cut off', async () => {
    const project = await buildProject(trainyard);
    const { ids } = await buildTickets(trainyard, 40, { project });
    const { direct } = trainyard.database;
    await direct.query(`INSERT INTO ticket_text SELECT id, repeat('漢', 50000) FROM unnest($1::uuid[]) id`, [ids]);
    await direct.query(
      `INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action) SELECT $1, $3 + n, 'TICKET', id, id, 'UPDATED' FROM unnest($2::uuid[]) WITH ORDINALITY AS t (id, n)`,
      [project.id, ids, await seqOf(trainyard, project.id)],
    );
    await direct.query('UPDATE activity_scope SET seq = seq + $2 WHERE id = $1', [project.id, ids.length]);
    const heavy = 'subscription ($projectId: ID!) { projectEvents(projectId: $projectId, since: 0) { tickets { id description } } }';
    const [unread, other] = [await (await open(member)).init(), await (await open(member)).init()];
    const beneath = (unread.socket as unknown as { _socket: Socket })._socket;
    beneath.pause();
    for (const id of ['a', 'b', 'c', 'd']) unread.say({ type: 'subscribe', id, payload: { query: heavy, variables: { projectId: project.id } } });
    const from = performance.now();
    const [follow, waits] = [{ query: FOLLOW, variables: { projectId: project.id } }, other.until(({ type }) => type === 'next')];
    other.say({ type: 'subscribe', id: 'e', payload: follow });
    const neighbour = await (await open((await memberOf(trainyard, project)).client)).init();
    expect((await neighbour.subscribe('f', follow)).type).toBe('next');
    expect(other.told.filter(({ type }) => type === 'next')).toEqual([]);
    await waits;
    expect(performance.now() - from).toBeGreaterThan(3_500);
    beneath.resume();
    expect((await unread.closed)[0]).toBe(1006);
  }, 20_000);

  it('carries no subscription that costs too much or goes too deep', async () => {
    const socket = await (await open(member)).init();
    const deep =
      'subscription ($projectId: ID!) { projectEvents(projectId: $projectId, since: 0) { tickets { runs { dataset { runs { nodes { ticket { runs { dataset { runs { nodes { id } } } } } } } } } } } }';
    const told = await socket.subscribe('deep', { query: deep, variables: { projectId: project.id } });
    expect([told.type, told.payload?.[0]?.extensions.code]).toEqual(['error', expect.stringMatching(/^QUERY_TOO_(DEEP|COMPLEX)$/)]);
  });

  it('gives back the turns of subscriptions that were refused', async () => {
    const socket = await (await open(member)).init();
    // One more than have a turn at once: the last gets none where the others keep theirs.
    for (let i = 0; i < 5; i++) {
      const refused = await socket.subscribe(`refused${i}`, { query: FOLLOW, variables: { projectId: randomUUID() } });
      expect([refused.type, codesOf(refused)]).toEqual(['error', ['NOT_FOUND']]);
    }
    expect((await socket.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } })).type).toBe('next');
  });

  it('gives back what a subscription took whose name is used again before it has ended', async () => {
    const [used, other] = [await (await open(member)).init(), await (await open(member)).init()];
    for (let i = 0; i < 8; i++) {
      used.say({ type: 'subscribe', id: 'a', payload: { query: FOLLOW, variables: { projectId: project.id } } });
      used.say({ type: 'complete', id: 'a' });
      used.say({ type: 'subscribe', id: 'a', payload: { query: FOLLOW, variables: { projectId: randomUUID() } } });
      used.say({ type: 'complete', id: 'a' });
    }
    for (const id of ['b', 'c', 'd', 'e'])
      await become(async () => (await other.subscribe(`${id}${other.told.length}`, { query: FOLLOW, variables: { projectId: project.id } })).type, 'next');
    used.socket.terminate();
    await used.closed;
    const third = await (await open(member)).init();
    for (const id of ['f', 'g'])
      await become(async () => (await third.subscribe(`${id}${third.told.length}`, { query: FOLLOW, variables: { projectId: project.id } })).type, 'next');
  });

  it('is closed for a second subscription under the name of the first', async () => {
    const socket = await (await open(member)).init();
    await socket.subscribe('a', { query: FOLLOW, variables: { projectId: project.id } });
    socket.say({ type: 'subscribe', id: 'a', payload: { query: FOLLOW, variables: { projectId: project.id } } });
    expect((await socket.closed)[0]).toBe(4409);
  });
});
