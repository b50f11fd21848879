import { RANK_MAX_LENGTH, rankBetween } from '@trainyard/domain';
import { buildProject, buildTicket, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { row } from '../platform/sql/database.ts';
import { countingSql } from '../../test/count-sql.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const MOVE = 'mutation($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id columnId rank version } }';

/** A small generator of repeatable choices. */
function choices(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

describe('moving cards', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  let column: string;
  let other: string;
  const order = async (columnId: string): Promise<string[]> => (await cardsOf(trainyard, columnId)).map(({ id }) => id);
  const move = (id: string, columnId: string, afterId: string | null) =>
    client.send<{ moveTicket: { columnId: string; rank: string; version: number } }>(MOVE, { id, columnId, afterId });
  const counts = async (): Promise<{ right: boolean } | null> =>
    row(
      trainyard.database.direct,
      `SELECT bool_and(c.ticket_count = (SELECT count(*) FROM placement k WHERE k.column_id = c.id AND NOT k.hidden)) AS right FROM board_column c WHERE c.board_id = $1`,
      [project.boardId],
    );

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard);
    [column, other] = project.columns as [string, string];
    client = (await memberOf(trainyard, project)).client;
  });

  it('puts a card behind its neighbour, at the top, into another column, and back', async () => {
    const { ids } = await buildTickets(trainyard, 4, { project, columns: [column] });
    const [a, b, c, d] = ids as [string, string, string, string];
    await move(d, column, a);
    expect(await order(column)).toEqual([a, d, b, c]);
    await move(c, column, null);
    expect(await order(column)).toEqual([c, a, d, b]);
    await move(a, other, null);
    await move(b, other, a);
    await move(c, other, a);
    expect([await order(column), await order(other)]).toEqual([[d], [a, c, b]]);
    await move(b, column, d);
    expect([await order(column), await order(other)]).toEqual([
      [d, b],
      [a, c],
    ]);
    expect(await counts()).toEqual({ right: true });
  });

  it('says where from and where to in the log, both even within a column; nothing where nothing moved', async () => {
    const { ids } = await buildTickets(trainyard, 2, { project, columns: [column] });
    const [a, b] = ids as [string, string];
    const before = await cardsOf(trainyard, column);
    const seq = await seqOf(trainyard, project.id);
    const { data } = await move(b, column, null);
    expect(data?.moveTicket.version).toBe(1);
    expect(await seqOf(trainyard, project.id)).toBe(seq + 1);
    const entry = await row(trainyard.database.direct, 'SELECT entity, action, changes FROM activity WHERE scope = $1 AND seq = $2', [project.id, seq + 1]);
    expect(entry).toEqual({
      entity: 'TICKET',
      action: 'MOVED',
      changes: { columnId: { from: column, to: column }, rank: { from: before[1]?.rank, to: data?.moveTicket.rank } },
    });
    await move(b, column, null);
    await move(b, column, b);
    await move(a, column, b);
    expect(await seqOf(trainyard, project.id)).toBe(seq + 1);
  });

  it('is refused where the neighbour has gone, the column is full, or the project is another', async () => {
    const { ids } = await buildTickets(trainyard, 3, { project, columns: [column] });
    const [a, b, c] = ids as [string, string, string];
    expect((await move(a, other, b)).codes).toEqual(['NEIGHBOUR_GONE']);
    await trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 1, wip_policy = 'REFUSE' WHERE id = $1`, [other]);
    expect((await move(a, other, null)).codes).toEqual([]);
    const refused = await move(b, other, a);
    expect(refused.errors[0]?.extensions).toEqual({ code: 'WIP_LIMIT_REACHED', params: { limit: 1, count: 1, column: 'To do' } });
    expect(await order(column)).toEqual([b, c]);
    await trainyard.database.direct.query(`UPDATE board_column SET wip_policy = 'WARN' WHERE id = $1`, [other]);
    expect((await move(b, other, a)).codes).toEqual([]);
    const foreign = await buildTicket(trainyard);
    expect((await move(a, foreign.columnId, null)).codes).toEqual(['NOT_FOUND']);
    expect((await move(a, 'not-an-id', null)).codes).toEqual(['BAD_INPUT']);
  });

  it('takes eight statements beside finding out who asks', async () => {
    const { ids } = await buildTickets(trainyard, 2, { project, columns: [column] });
    const count = countingSql(trainyard);
    await move(ids[0] as string, other, null);
    expect(count.stop()).toBeLessThanOrEqual(9);
  });

  it('gives the column fresh ranks when a gap is used up, and tells the log', async () => {
    const { ids } = await buildTickets(trainyard, 9, { project, columns: [column] });
    const [a, b, ...others] = ids as [string, string, ...string[]];
    const c = others.pop() as string;
    const ranks = (await cardsOf(trainyard, column)).map(({ rank }) => rank);
    let close = ranks[1] as string;
    while (rankBetween(ranks[0] as string, close).length <= RANK_MAX_LENGTH) close = rankBetween(ranks[0] as string, close);
    await trainyard.database.direct.query('UPDATE placement SET rank = $2 WHERE ticket_id = $1', [b, close]);
    const seq = await seqOf(trainyard, project.id);
    expect((await move(c, column, a)).codes).toEqual([]);
    expect(await order(column)).toEqual([a, c, b, ...others]);
    expect((await cardsOf(trainyard, column)).every(({ rank }) => rank.length < 10)).toBe(true);
    const entries = await trainyard.database.direct.query('SELECT entity, entity_id, action FROM activity WHERE scope = $1 AND seq > $2 ORDER BY seq', [
      project.id,
      seq,
    ]);
    expect(entries).toEqual([
      { entity: 'COLUMN', entity_id: column, action: 'RERANKED' },
      { entity: 'TICKET', entity_id: c, action: 'MOVED' },
    ]);
  });

  it('takes no deleted card for a neighbour', async () => {
    const { ids } = await buildTickets(trainyard, 4, { project, columns: [column] });
    const [a, gone, b, c] = ids as [string, string, string, string];
    const ranks = (await cardsOf(trainyard, column)).map(({ rank }) => rank) as [string, string, string, string];
    let close = ranks[1];
    while (rankBetween(ranks[0], close).length <= RANK_MAX_LENGTH) close = rankBetween(ranks[0], close);
    await trainyard.database.direct.query(
      'WITH t AS (UPDATE ticket SET deleted_at = now() WHERE id = $1) UPDATE placement SET rank = $2, hidden = true WHERE ticket_id = $1',
      [gone, close],
    );
    const seq = await seqOf(trainyard, project.id);
    expect((await move(c, column, gone)).codes).toEqual(['NEIGHBOUR_GONE']);
    expect((await move(c, column, a)).codes).toEqual([]);
    expect(await order(column)).toEqual([a, c, b]);
    // Between the living there is room: nothing had to be reranked.
    expect(await seqOf(trainyard, project.id)).toBe(seq + 1);
  });

  it('keeps exactly one of each card in strict order under 16 movers at once, with none failing', async () => {
    const { ids } = await buildTickets(trainyard, 40, { project });
    const movers = Array.from({ length: 16 }, async (_, mover) => {
      const pick = choices(mover + 1);
      const codes: string[] = [];
      for (let i = 0; i < 25; i++) {
        const to = project.columns[pick(project.columns.length)] as string;
        const cards = await order(to);
        const id = ids[pick(ids.length)] as string;
        const reply = await move(id, to, cards[pick(cards.length + 1) - 1] ?? null);
        codes.push(...reply.codes);
      }
      return codes;
    });
    const codes = (await Promise.all(movers)).flat();
    // The neighbour may have left between our looking and our dropping: the one refusal that is right.
    expect(codes.filter((code) => code !== 'NEIGHBOUR_GONE')).toEqual([]);
    expect(codes.length).toBeLessThan(200);
    const columns = await Promise.all(project.columns.map((id) => cardsOf(trainyard, id)));
    expect(
      columns
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(ids.toSorted());
    for (const cards of columns) expect(new Set(cards.map(({ rank }) => rank)).size).toBe(cards.length);
    expect(await counts()).toEqual({ right: true });
  });

  it('takes no card into a column that is being deleted', async () => {
    const { ids } = await buildTickets(trainyard, 6, { project, columns: [column] });
    const admin = (await memberOf(trainyard, project, 'LEAD')).client;
    const [emptied] = await Promise.all([
      admin.send('mutation($id: ID!) { deleteColumn(id: $id, version: 1) }', { id: other }),
      ...ids.map((id) => move(id, other, null)),
    ]);
    const there = await order(other);
    expect(there.length).toBe(emptied.codes.length === 0 ? 0 : 6);
    expect(emptied.codes).toEqual(there.length === 0 ? [] : ['COLUMN_NOT_EMPTY']);
    expect((await order(column)).length + there.length).toBe(6);
    expect(await counts()).toEqual({ right: true });
  });

  it('lets many drop one card at the same place at once, and many cards behind one neighbour', async () => {
    const { ids } = await buildTickets(trainyard, 20, { project, columns: [column] });
    const anchor = ids[0] as string;
    const replies = await Promise.all([
      ...Array.from({ length: 8 }, (_, i) => move(ids[1] as string, project.columns[1 + (i % 4)] as string, null)),
      ...ids.slice(2).map((id) => move(id, column, anchor)),
    ]);
    expect(replies.flatMap((reply) => reply.codes)).toEqual([]);
    const left = await cardsOf(trainyard, column);
    expect(left[0]?.id).toBe(anchor);
    expect(left.map(({ id }) => id).toSorted()).toEqual([anchor, ...ids.slice(2)].toSorted());
    expect(new Set(left.map(({ rank }) => rank)).size).toBe(left.length);
    expect(await counts()).toEqual({ right: true });
  });
});
