import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { buildTickets, memberOf } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { hold } from '../../../test/locks.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { hashSecret, newSecret } from '../secret.ts';

const AT_ONCE = 3;
const MOST_WAITING = 200;

let trainyard: TestTrainyard;
const open: Socket[] = [];
beforeAll(async () => {
  trainyard = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, requestsPerPerson: AT_ONCE, waitSeconds: 300 } });
});
afterEach(() => open.splice(0).forEach((socket) => socket.destroy()));
afterAll(() => trainyard.stop());

/** A request as it is sent, but `unsent` bytes of a body that goes on. */
function written(client: GraphqlClient, asked: object, unsent = 0): string {
  const { host } = new URL(trainyard.url);
  const body = JSON.stringify(asked);
  const headers = Object.entries({ host, ...client.headers, 'content-length': String(body.length + unsent) }).map(([name, value]) => `${name}: ${value}`);
  return `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** Asks and reads nothing. Resolves once all is sent. */
async function sendAndSleep(text: string): Promise<Socket> {
  const { hostname, port } = new URL(trainyard.url);
  const socket = connect({ host: hostname, port: Number(port) });
  open.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  await new Promise<void>((sent) => socket.write(text, () => sent()));
  return socket;
}
const askAndSleep = (client: GraphqlClient, asked: object, unsent = 0): Promise<Socket> => sendAndSleep(written(client, asked, unsent));

/** A token of the person: a line of its own. */
async function tokenOf({ id }: { id: string }): Promise<GraphqlClient> {
  const script = trainyard.client();
  script.token = `trainyard_${newSecret()}`;
  await trainyard.database.direct.query(
    "INSERT INTO access_token (id, user_id, name, token_hash, scopes) VALUES (gen_random_uuid(), $1, 'Script', $2, '{READ}')",
    [id, hashSecret(script.token)],
  );
  return script;
}

/** The status of an answer, or WAITS. */
async function asked(client: GraphqlClient, ms: number): Promise<number | 'WAITS'> {
  const giveUp = AbortSignal.timeout(ms);
  return fetch(`${trainyard.url}/graphql`, { method: 'POST', headers: client.headers, body: '{"query":"{ viewer { locale } }"}', signal: giveUp }).then(
    ({ status }) => status,
    () => 'WAITS',
  );
}
/** Who asks is looked up before a request has its place: until all that was sent has one. */
async function untilAsked(clients: readonly GraphqlClient[], outcomes: readonly (number | 'WAITS')[]): Promise<void> {
  const deadline = Date.now() + 40_000;
  for (let last = ''; last !== String(outcomes); last = String(await Promise.all(clients.map((client) => asked(client, 2_000)))))
    if (Date.now() > deadline) throw new Error(`never ${String(outcomes)}, but ${last}`);
}

it('of one person so many answers lie unread; more wait, and nobody else does', async () => {
  const { ids, project } = await buildTickets(trainyard, 45);
  // Almost 7 MB: more than the network takes from us where nobody reads.
  await trainyard.database.direct.query('INSERT INTO ticket_text SELECT id, $1 FROM unnest($2::uuid[]) id', ['界'.repeat(50_000), ids]);
  const [sleeper, neighbour] = [await memberOf(trainyard, project), await someone(trainyard)];
  const large = { query: 'query ($id: ID!) { tickets(projectId: $id, first: 45) { nodes { description } } }', variables: { id: project.id } };
  const slow = await Promise.all(Array.from({ length: AT_ONCE }, () => askAndSleep(sleeper.client, large)));
  await untilAsked([sleeper.client, neighbour.client], ['WAITS', 200]);
  const waited = asked(sleeper.client, 20_000);
  slow[0]?.destroy();
  expect(await waited).toBe(200);
});

it('of one person so many wait; beyond, they are told when to come again', async () => {
  const { client } = await someone(trainyard);
  const beyond = 5;
  const refused: string[] = [];
  let all = (): void => undefined;
  const told = new Promise<void>((resolve) => (all = resolve));
  await Promise.all(
    Array.from({ length: AT_ONCE + MOST_WAITING + beyond }, async () => {
      const socket = await askAndSleep(client, { query: '{ viewer { locale } }' }, 10);
      socket.on('data', (answer) => refused.push(String(answer)) === beyond && all());
      socket.resume();
    }),
  );
  await told;
  expect(
    refused.map((answer) => [
      answer.split('\r\n', 1)[0],
      /^retry-after: 1\r$/m.test(answer),
      answer.includes('"code":"RATE_LIMITED"') && answer.includes('"params":{"seconds":1}'),
    ]),
  ).toEqual(Array.from({ length: beyond }, () => ['HTTP/1.1 429 Too Many Requests', true, true]));
  // Those that go away leave their places.
  open.splice(0).forEach((socket) => socket.destroy());
  await untilAsked([client], [200]);
});

it('who went away keeps the place while the database still works for them', async () => {
  const { project } = await buildTickets(trainyard, 1);
  const { client } = await memberOf(trainyard, project);
  const letGo = await hold(trainyard, (tx) => tx.query('LOCK TABLE ticket'));
  const busy = await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      askAndSleep(client, { query: 'query ($id: ID!) { tickets(projectId: $id, first: 1) { totalCount nodes { title } } }', variables: { id: project.id } }),
    ),
  );
  await untilAsked([client], ['WAITS']);
  for (const socket of busy) socket.destroy();
  // Longer than a place that is free stays so.
  expect(await asked(client, 1_500)).toBe('WAITS');
  await letGo();
  await untilAsked([client], [200]);
});

it('a token never keeps its owner from what they do in a browser', async () => {
  const { user, client } = await someone(trainyard);
  const script = await tokenOf(user);
  await Promise.all(Array.from({ length: AT_ONCE }, () => askAndSleep(script, { query: '{ viewer { locale } }' }, 10)));
  await untilAsked([script, client], ['WAITS', 200]);
});

it('what waits behind another question of its connection holds no place, and answers come in order once that is answered', async () => {
  const { user } = await someone(trainyard);
  const [busy, free, other] = [await tokenOf(user), await tokenOf(user), await tokenOf(user)];
  const question = { query: '{ viewer { locale } }' };
  const asks = (client: GraphqlClient): Promise<number | 'WAITS'> => asked(client, 5_000);
  const holders = await Promise.all(Array.from({ length: AT_ONCE }, () => askAndSleep(busy, question, 10)));
  await untilAsked([busy], ['WAITS']);
  // One write, two questions: the first waits for a place of its line, the second for the answer to the first.
  const pairs = await Promise.all(
    Array.from({ length: AT_ONCE + 1 }, () =>
      sendAndSleep(`${written(busy, { query: 'query First { viewer { locale } }' })}${written(free, { query: 'query Second { viewer { second: locale } }' })}`),
    ),
  );
  const [kept, ...dropped] = pairs as [Socket, ...Socket[]];
  let said = '';
  kept.on('data', (chunk) => (said += String(chunk)));
  kept.resume();
  // What was sent before has long been looked at by then.
  for (let i = 0; i < 20; i++) expect(await asks(other)).toBe(200);
  expect(await asks(free)).toBe(200);
  for (const socket of [...dropped, ...holders]) socket.destroy();
  await untilAsked([busy, free], [200, 200]);
  while (!said.includes('"second"')) await once(kept, 'data');
  expect(said.match(/HTTP\/1\.1 200|"locale"|"second"/g)).toEqual(['HTTP/1.1 200', '"locale"', 'HTTP/1.1 200', '"second"']);
});

it('a hundred requests at once of one person are all answered', async () => {
  const { client } = await someone(trainyard);
  const codes = await Promise.all(Array.from({ length: 100 }, async () => (await client.send('{ viewer { locale } }')).codes));
  expect(codes.flat()).toEqual([]);
});
