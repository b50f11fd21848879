import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { buildTicket } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { until } from '../../../test/runs.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { activityTopic, ActivityLog } from './activity-log.ts';
import { row, rows } from '../sql/database.ts';
import { Wakeups } from './wakeups.ts';

/** Far less than any poll: what is heard by then was told. */
const SOON_MS = 1_500;

let trainyard: TestTrainyard;
let wakeups: Wakeups;
/** Another process, as the database sees it. */
let other: Client;
let heard: { origin: string; topics: string[] }[];

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  wakeups = trainyard.app.get(Wakeups);
  other = new Client({ connectionString: trainyard.config.databaseUrl });
  await other.connect();
  other.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '') as (typeof heard)[number]));
  await other.query('LISTEN trainyard_wakeups');
});
afterAll(async () => {
  await other.end();
  await trainyard.stop();
});
beforeEach(() => {
  heard = [];
});

/** Waits for what must come soon, and says what did not. */
async function soon(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + SOON_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not soon: ${what}`);
    await other.query('SELECT 1');
  }
}
const topics = (): string[] => heard.flatMap((message) => message.topics);
const tell = (topics_: string[], origin = randomUUID()) =>
  other.query('SELECT pg_notify($1, $2)', ['trainyard_wakeups', JSON.stringify({ origin, topics: topics_ })]);
/** How often a topic wakes in this process. */
function counting(topic: string): { woken: () => number; stop: () => void } {
  let count = 0;
  const stop = wakeups.on(topic, () => (count += 1));
  return { woken: () => count, stop };
}

describe('a wake-up', () => {
  it('is heard at once in this process, and soon by every other, again and again', async () => {
    const here = counting('a');
    for (const times of [1, 2, 3]) {
      wakeups.wake('a');
      expect(here.woken()).toBe(times);
      await soon(`other processes hear of it (${times})`, () => topics().length === times);
    }
    here.stop();
    wakeups.wake('a');
    expect(here.woken()).toBe(3);
    await soon('others hear of it still', () => topics().length === 4);
  });

  it('of many topics at once reaches others with all of them, each once', async () => {
    const many = Array.from({ length: 250 }, (_, i) => `t${i}`);
    for (const topic of [...many, 't0', 't1']) wakeups.wake(topic);
    await soon('all of them are heard', () => topics().length >= many.length);
    expect(topics()).toEqual(many);
    expect(heard.every((message) => message.topics.length <= 100)).toBe(true);
  });

  it('that another process tells is heard here, and what this one told is not heard twice', async () => {
    const [mine, theirs] = [counting('mine'), counting('theirs')];
    wakeups.wake('mine');
    await soon('it travels', () => topics().includes('mine'));
    await tell(['theirs']);
    await soon('it is heard', () => theirs.woken() === 1);
    expect(mine.woken()).toBe(1);
  });

  it('is heard again after the listening connection was cut', async () => {
    const listening = () =>
      rows<{ pid: number }>(
        trainyard.database.direct,
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'trainyard-wakeups' AND datname = current_database() AND query LIKE 'LISTEN%'`,
      );
    const [before] = await listening();
    await trainyard.database.direct.query('SELECT pg_terminate_backend($1)', [before?.pid]);
    await until(listening, (found) => found.length === 1 && found[0]?.pid !== before?.pid);
    const again = counting('again');
    await tell(['again']);
    await soon('it is heard', () => again.woken() === 1);
  });

  it('lets who watches look at once, then once for what came while they were busy, and no more when they have left', async () => {
    const looks = wakeups.watch('w');
    const first = await Promise.race([looks.next(), other.query('SELECT pg_sleep(1.5)').then(() => 'nothing')]);
    expect(first).toEqual({ done: false, value: undefined });
    for (let i = 0; i < 3; i++) wakeups.wake('w');
    let looked = false;
    void looks.next().then(() => (looked = true));
    await soon('who was busy looks', () => looked);
    looked = false;
    const next = looks.next().then(() => (looked = true));
    await other.query('SELECT 1');
    expect(looked).toBe(false);
    wakeups.wake('w');
    await next;
    await looks.return(undefined);
    expect((wakeups as unknown as { emitter: { listenerCount: (topic: string) => number } }).emitter.listenerCount('w')).toBe(0);
  });
});

describe('an append to the log', () => {
  it('wakes the readers of its scope in every process once it can be read, and not before', async () => {
    const ticket = await buildTicket(trainyard);
    const scope = ticket.project.id;
    await soon('its making is heard of', () => topics().includes(activityTopic(scope)));
    heard = [];
    const log = trainyard.app.get(ActivityLog);
    const seen: number[] = [];
    const seq = async (): Promise<number> =>
      (await row<{ seq: number }>(trainyard.database.direct, 'SELECT seq::int FROM activity_scope WHERE id = $1', [scope]))?.seq ?? 0;
    const before = await seq();
    let woken = false;
    const stop = wakeups.on(activityTopic(scope), () => {
      woken = true;
      void seq().then((now) => seen.push(now));
    });
    await trainyard.database.transaction(async (tx) => {
      await log.append(tx, scope, null, [{ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes: {} }]);
      expect(woken).toBe(false);
    });
    await soon('readers here are woken', () => seen.length > 0);
    expect(seen).toEqual([before + 1]);
    await soon('readers elsewhere are woken', () => topics().includes(activityTopic(scope)));
    stop();
    heard = [];
    const undone = trainyard.database.transaction(async (tx) => {
      await log.append(tx, scope, null, [{ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes: {} }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await seq()).toBe(before + 1);
    expect(topics()).toEqual([]);
  });

  it('is told to other processes by every change of a person', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const ticket = await buildTicket(trainyard);
    await client.ask('mutation($id: ID!) { updateTicket(id: $id, version: 1, input: { title: "New" }) { id } }', { id: ticket.id });
    await soon('the change is told', () => topics().includes(activityTopic(ticket.project.id)));
  });
});
