import { RANK_MAX_LENGTH } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTickets, cardsOf, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';

const CHANGE = 'mutation($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { outcome code params } }';
const MANY = 3_000;
/** What is rewritten where a few are crowded together: 32 on each side, and the one that comes. */
const FEW = 2 * 32 + 1;

/** A rank right behind another: nothing of a bearable length fits between the two. */
const rightBehind = (rank: string, last = '1'): string => rank + '0'.repeat(RANK_MAX_LENGTH - rank.length - last.length) + last;

describe('ranks that are crowded together on purpose', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  let ids: string[];

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard);
    ({ client } = await memberOf(trainyard, project));
    ({ ids } = await buildTickets(trainyard, MANY, { project, columns: [project.columns[0]!] }));
  });

  const backlog = () =>
    rows<{ id: string; rank: string }>(
      trainyard.database.direct,
      'SELECT id, backlog_rank AS rank FROM ticket WHERE project_id = $1 AND deleted_at IS NULL ORDER BY backlog_rank, id',
      [project.id],
    );
  const rankOf = async (id: string): Promise<string> => (await backlog()).find((one) => one.id === id)!.rank;
  const order = async (): Promise<number[]> => (await backlog()).map(({ id }) => ids.indexOf(id));
  const change = async (changes: object[]): Promise<(string | null)[]> =>
    (await client.ask<{ changeTickets: { code: string | null }[] }>(CHANGE, { changes })).changeTickets.map(({ code }) => code);
  const make = async (): Promise<void> => {
    const made = await client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
      i: { projectId: project.id, title: 'Newest', type: 'TASK' },
    });
    ids.push(made.createTicket.id);
  };
  /** How many rows a call writes, whatever it writes there. */
  const written = async (sql: string, call: () => Promise<unknown>): Promise<number> => {
    const versions = async () =>
      new Map((await rows<{ id: string; xmin: string }>(trainyard.database.direct, sql, [project.id])).map(({ id, xmin }) => [id, xmin]));
    const before = await versions();
    await call();
    return [...(await versions())].filter(([id, xmin]) => before.get(id) !== xmin).length;
  };
  const ranked = (call: () => Promise<unknown>): Promise<number> => written('SELECT id, xmin::text FROM ticket WHERE project_id = $1', call);

  it('cost their neighbours, and not the backlog, however often they are planted', async () => {
    const expected = await order();
    for (let i = 0; i < 12; i++) {
      const [at, planted, coming] = [200 * i + 7, MANY - 1 - 2 * i, MANY - 2 - 2 * i];
      const rank = rightBehind(await rankOf(ids[at]!));
      expect(await ranked(async () => expect(await change([{ id: ids[planted], backlog: { rank } }])).toEqual([null]))).toBe(1);
      const cost = await ranked(async () => expect(await change([{ id: ids[coming], backlog: { afterId: ids[at] } }])).toEqual([null]));
      expect(cost).toBeGreaterThan(1);
      expect(cost).toBeLessThanOrEqual(FEW);
      expected.splice(expected.indexOf(planted), 1);
      expected.splice(expected.indexOf(coming), 1);
      expected.splice(expected.indexOf(at) + 1, 0, coming, planted);
    }
    expect(await order()).toEqual(expected);
    expect((await backlog()).every(({ rank }) => rank.length <= RANK_MAX_LENGTH)).toBe(true);
    await make();
    expect(await order()).toEqual([...expected, MANY]);
  });

  it('cost once what was crowded there, and leave room', async () => {
    const digits = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const rank = await rankOf(ids[10]!);
    const crowd = ids.slice(-400);
    const planted = crowd.map((id, i) => ({ id, backlog: { rank: rightBehind(rank, digits[Math.floor(i / digits.length)]! + digits[i % digits.length]!) } }));
    expect(new Set(await change(planted))).toEqual(new Set([null]));
    const behind = (coming: number) => ranked(async () => expect(await change([{ id: ids[coming], backlog: { afterId: crowd[200] } }])).toEqual([null]));
    expect(await behind(20)).toBeLessThanOrEqual(4 * crowd.length);
    for (let i = 21; i < 40; i++) expect(await behind(i)).toBe(1);
    const now = await order();
    expect(now.slice(11, 211)).toEqual(crowd.slice(0, 200).map((id) => ids.indexOf(id)));
    expect(now.slice(212, 231)).toEqual(Array.from({ length: 19 }, (_, i) => 39 - i));
  });

  it('have room for all that come at once', async () => {
    const rank = await rankOf(ids[10]!);
    // one fits, and not three hundred
    await change([{ id: ids[50], backlog: { rank: rightBehind(rank, '2').slice(0, RANK_MAX_LENGTH) } }]);
    const coming = ids.slice(1_000, 1_300);
    expect(new Set(await change(coming.map((id, i) => ({ id, backlog: { afterId: coming[i - 1] ?? ids[10] } }))))).toEqual(new Set([null]));
    expect((await backlog()).every((one) => one.rank.length <= RANK_MAX_LENGTH)).toBe(true);
    expect((await order()).slice(10, 312)).toEqual([10, ...coming.map((id) => ids.indexOf(id)), 50]);
  });

  it('are not taken where nobody comes to by moving: too long, beyond the first and the last, and none', async () => {
    for (const rank of [`${rightBehind('a0')}1`, 'z'.repeat(27), `A${'0'.repeat(25)}1`, 'a0-'])
      expect([rank, await change([{ id: ids[3], backlog: { rank } }])]).toEqual([rank, ['BAD_INPUT']]);
    expect(await change([{ id: ids[3], backlog: { rank: rightBehind('a0') } }])).toEqual([null]);
  });

  it('is made last also behind one that was deleted while others came to the end', async () => {
    const last = ids.slice(-3);
    await change(last.map((id) => ({ id, version: 1, deleted: true })));
    await change([{ id: ids[0], backlog: { afterId: ids[MANY - 4] } }]);
    await client.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: last[2] });
    await make();
    expect((await order()).slice(-3)).toEqual([0, MANY - 1, MANY]);
    await change([
      { id: ids[MANY], version: 1, deleted: true },
      { id: ids[1], version: 1, deleted: true },
    ]);
    await change([{ id: ids[2], backlog: { afterId: last[2] } }]);
    await change([{ id: ids[MANY], deleted: false }]);
    await make();
    expect((await order()).at(-1)).toBe(MANY + 1);
  });

  it('cost their neighbours in a column, too', async () => {
    const column = project.columns[0]!;
    const expected = (await cardsOf(trainyard, column)).map(({ id }) => id);
    for (let i = 0; i < 6; i++) {
      const [at, planted, coming] = [ids[400 * i + 7]!, ids[400 * i + 8]!, ids[MANY - 1 - i]!];
      const { rank } = (await cardsOf(trainyard, column)).find(({ id }) => id === at)!;
      await trainyard.database.direct.query('UPDATE placement SET rank = $2 WHERE ticket_id = $1', [planted, rightBehind(rank)]);
      const cost = await written('SELECT k.ticket_id AS id, k.xmin::text FROM placement k JOIN ticket t ON t.id = k.ticket_id WHERE t.project_id = $1', () =>
        client.ask('mutation($id: ID!, $c: ID!, $a: ID) { moveTicket(id: $id, columnId: $c, afterId: $a) { id } }', { id: coming, c: column, a: at }),
      );
      expect(cost).toBeGreaterThan(1);
      expect(cost).toBeLessThanOrEqual(FEW);
      expected.splice(expected.indexOf(coming), 1);
      expected.splice(expected.indexOf(at) + 1, 0, coming);
    }
    expect((await cardsOf(trainyard, column)).map(({ id }) => id)).toEqual(expected);
  });
});
