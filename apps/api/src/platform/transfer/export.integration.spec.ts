import type { Actor } from '@trainyard/domain';
import { text } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { buildLabel, buildProject, buildTicket, buildTickets, memberOf, type BuiltProject } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { buildRun } from '../../../test/factories/training.ts';
import { hold, untilWaiting } from '../../../test/locks.ts';
import { until } from '../../../test/runs.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { rows } from '../sql/database.ts';
import { TICKET_LIST } from '../../ticket/ticket.list.ts';
import { Exports } from './exports.ts';

describe('lists as files', () => {
  let trainyard: TestTrainyard;
  let secret: BuiltProject;
  let member: GraphqlClient;
  let stranger: GraphqlClient;
  const download = (client: GraphqlClient, path: string): Promise<Response> => fetch(`${trainyard.url}/export/${path}`, { headers: client.headers });
  const lines = async (client: GraphqlClient, path: string): Promise<string[]> => {
    const response = await download(client, path);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return bytes.subarray(3).toString().split('\r\n').slice(0, -1);
  };

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    await buildTickets(trainyard, 1203, { project: secret });
    member = (await memberOf(trainyard, secret)).client;
    stranger = (await someone(trainyard)).client;
  });
  afterAll(() => trainyard.stop());

  it('are whole, in the order asked for, under names of fields', async () => {
    const found = await lines(member, `tickets.csv?columns=key,state,points,updated&query=${encodeURIComponent('sort:-key')}`);
    expect(found).toHaveLength(1204);
    expect(found[0]).toBe('key,state,points,updated');
    expect(found[1]).toMatch(new RegExp(`^${secret.key}-1203,[A-Z_]+,,\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`));
    expect(found.slice(1).map((line) => Number(/-(\d+),/.exec(line)?.[1]))).toEqual(Array.from({ length: 1203 }, (_, i) => 1203 - i));
    expect(await lines(member, `tickets.csv?columns=KEY,title&query=${encodeURIComponent(`key:${secret.key}-7`)}`)).toEqual([
      'key,title',
      `${secret.key}-7,Ticket 7`,
    ]);
    const response = await download(member, 'tickets.csv?query=nothing-such');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="tickets.csv"');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('hold what their reader may read', async () => {
    expect(await lines(stranger, 'tickets.csv?columns=key')).toEqual(['key']);
    expect((await download(stranger, `tickets.csv?projectId=${secret.id}`)).status).toBe(404);
    await buildRun(trainyard);
    for (const name of ['runs', 'datasets', 'people']) expect((await lines(stranger, `${name}.csv`)).length).toBeGreaterThan(1);
    const [header, ...people] = await lines(stranger, 'people.csv?columns=email,name');
    expect(header).toBe('email,name');
    expect(people.filter((line) => !line.startsWith(','))).toHaveLength(1);
    expect((await lines(stranger, `runs.csv?columns=${encodeURIComponent('param.epochs,metric.accuracy')}`))[0]).toBe('param.epochs,metric.accuracy');
  });

  it('make no formula of a text', async () => {
    const project = await buildProject(trainyard);
    await buildTickets(trainyard, 1, { project, title: '=HYPERLINK("x")' });
    expect(await lines(member, `tickets.csv?columns=title&projectId=${project.id}`)).toEqual(['title', `"'=HYPERLINK(""x"") 1"`]);
  });

  it('are refused before their first byte', async () => {
    const told = async (path: string) => (await (await download(member, path)).json()) as object;
    expect(await told('tickets.csv?query=state:x')).toMatchObject({ code: 'BAD_INPUT', params: { field: 'query', reason: 'QUERY_UNKNOWN_WORD' } });
    for (const columns of ['secret', 'board'])
      expect(await told(`tickets.csv?columns=${columns}`)).toMatchObject({
        code: 'BAD_INPUT',
        params: { field: 'columns', reason: 'UNKNOWN', value: columns },
      });
    const many = (count: number): string => `tickets.csv?query=nothing-such&columns=${Array.from({ length: count }, () => 'key').join(',')}`;
    expect((await lines(member, many(300)))[0]?.split(',')).toHaveLength(300);
    expect(await told(many(301))).toMatchObject({ code: 'BAD_INPUT', params: { field: 'columns', reason: 'TOO_MANY', max: 300 } });
    expect(await told('tickets.csv?query=a&query=b')).toMatchObject({ params: { reason: 'GIVEN_TWICE' } });
    expect(await told('nothing.csv')).toMatchObject({ code: 'NOT_FOUND' });
    expect((await fetch(`${trainyard.url}/export/tickets.csv`)).status).toBe(401);
  });

  const begun: Readable[] = [];
  afterEach(() => {
    for (const stream of begun.splice(0)) stream.destroy();
  });
  const owner = (): Actor => ({ userId: randomUUID(), orgRole: 'OWNER', teams: {}, scopes: null });
  const begin = async (exports: Exports, actor: Actor): Promise<Readable> => {
    const stream = await exports.exportList(TICKET_LIST, actor, { query: null, timeZone: null, projectId: secret.id }, null);
    begun.push(stream);
    return stream;
  };

  describe('of somebody who does not read them', () => {
    it('are two at once, so that others have theirs', async () => {
      const exports = new Exports(trainyard.database, [TICKET_LIST]);
      const [slow, other] = [owner(), owner()];
      for (const actor of [slow, slow, other]) await begin(exports, actor);
      await expect(begin(exports, slow)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      for (const stream of begun) stream.destroy();
      await until(
        () => begin(exports, slow).catch(() => setImmediate(null)),
        (stream) => stream !== null,
      );
    });

    it('end after a while', async () => {
      const stream = await begin(new Exports(trainyard.database, [TICKET_LIST], 0.5), owner());
      await expect(finished(stream)).rejects.toMatchObject({ code: 'QUERY_TOO_SLOW' });
    });
  });

  it('give their connection back when their reader goes away', async () => {
    for (let i = 0; i < 6; i++) {
      const stop = new AbortController();
      const response = await fetch(`${trainyard.url}/export/tickets.csv`, { headers: member.headers, signal: stop.signal });
      await response.body?.getReader().read();
      stop.abort();
    }
    expect((await lines(member, 'tickets.csv?columns=key')).length).toBe(1204 + 2);
  });

  it('are four at once, and the fifth is asked to come again', async () => {
    const path = 'tickets.csv?columns=key';
    const others = await Promise.all(Array.from({ length: 4 }, async () => (await memberOf(trainyard, secret)).client));
    const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE'));
    try {
      const four = others.map((client) => lines(client, path));
      await untilWaiting(trainyard, 4);
      const fifth = await download(member, path);
      expect([fifth.status, await fifth.json()]).toEqual([429, expect.objectContaining({ code: 'RATE_LIMITED', params: { seconds: 10 } })]);
      await release();
      expect((await Promise.all(four)).map(({ length }) => length)).toEqual([1206, 1206, 1206, 1206]);
    } finally {
      await release().catch(() => undefined);
    }
  });

  describe('whose reader is slow', () => {
    const slowly = (): Promise<Readable> => begin(trainyard.app.get(Exports, { strict: false }), owner());
    /** So many wait for their reader, with rows left to read. */
    const waiting = (count: number) =>
      until(
        () =>
          rows<{ pid: number }>(
            trainyard.database.direct,
            `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
          ),
        (found) => found.length === count,
      );

    it('are over once that one goes away', async () => {
      const four = await Promise.all(Array.from({ length: 4 }, slowly));
      await waiting(4);
      for (const stream of four) stream.destroy();
      await waiting(0);
      expect((await text(await slowly())).split('\r\n')).toHaveLength(1205);
    });

    it('never pass a part for the whole', async () => {
      const stream = await slowly();
      const [{ pid }] = (await waiting(1)) as [{ pid: number }];
      await trainyard.database.direct.query('SELECT pg_terminate_backend($1)', [pid]);
      await expect(text(stream)).rejects.toThrow();
    });
  });

  it('have the figures and parameters of the runs that are found, whatever they are called, with what nobody may read in no heading', async () => {
    const runs = [await buildRun(trainyard), await buildRun(trainyard)] as const;
    const hidden = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project: secret }) });
    const report = (attemptId: string, metrics: object[], headline: object | null = null) =>
      trainyard.database.direct.query('UPDATE attempt SET result = $2, headline = $3, elapsed_ms = 90500 WHERE id = $1', [attemptId, { metrics }, headline]);
    await report(runs[0].attemptId, [
      { name: 'F1', split: 'TEST', value: 0.5 },
      { name: 'F1', split: 'TRAIN', value: 0.9 },
      { name: 'a name that no query can say', split: 'TEST', value: 1 },
    ]);
    await report(runs[1].attemptId, [], { name: 'perplexity', split: 'VALIDATION', value: 12.5 });
    await report(hidden.attemptId, [{ name: 'secret_figure', split: 'TEST', value: 1 }]);
    const [head = '', ...found] = await lines(stranger, `runs.csv?query=${encodeURIComponent('duration:90.5 sort:number')}`);
    const names = head.split(',');
    expect(names.filter((name) => name.startsWith('metric.'))).toEqual(['metric.f1', 'metric.perplexity']);
    expect(names.filter((name) => name.startsWith('param.'))).toContain('param.epochs');
    const cell = (name: string): string[] => found.map((line) => line.split(',')[names.indexOf(name)] ?? '').toSorted();
    expect([cell('metric.f1'), cell('metric.perplexity'), cell('duration')]).toEqual([
      ['', '0.5'],
      ['', '12.5'],
      ['90.5', '90.5'],
    ]);
    expect((await lines(member, `runs.csv?query=duration:90.5`))[0]).toContain('metric.secret_figure');
  });

  it('tell several names in one cell, so that each is known again', async () => {
    const project = await buildProject(trainyard);
    const { id } = await buildTicket(trainyard, { project });
    const labels = [];
    for (const name of ['plain', 'a, b', 'say "c"']) labels.push(await buildLabel(trainyard, project.id, name));
    await trainyard.database.direct.query('UPDATE ticket SET label_ids = $2 WHERE id = $1', [id, labels]);
    expect(await lines(member, `tickets.csv?columns=label&projectId=${project.id}`)).toEqual(['label', '"""a, b"", plain, ""say """"c"""""""']);
  });
});
