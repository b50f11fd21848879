import { countingSql } from '../../test/count-sql.ts';
import { TestBoard } from '../../test/board.ts';
import { buildProject, buildTicket, buildTickets, memberOf, putInState } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { ADVISORY_LOCKS } from '../platform/sql/advisory-locks.ts';
import { rows } from '../platform/sql/database.ts';

const LINK = 'mutation ($id: ID!, $side: LinkSide!, $otherId: ID!) { linkTickets(id: $id, side: $side, otherId: $otherId) { id blockers { key } } }';
const UNLINK = 'mutation ($id: ID!, $side: LinkSide!, $otherId: ID!) { unlinkTickets(id: $id, side: $side, otherId: $otherId) { id } }';
const LINKS = 'query ($id: ID!) { ticket(id: $id) { links { side ticket { id } } blockers { id } activity(first: 9) { nodes { changes names } } } }';

interface Linked {
  links: { side: string; ticket: { id: string } }[];
  blockers: { id: string }[];
  activity: { nodes: { changes: Record<string, { from: string | null; to: string | null }>; names: Record<string, string> }[] };
}

const board = TestBoard.ofFile('LEAD');
const tickets = async (count: number): Promise<string[]> => (await buildTickets(board.trainyard, count, { project: board.project })).ids;
const link = (id: string, side: string, otherId: string, client = board.client) => client.send(LINK, { id, side, otherId });
const linkedTo = async (id: string, client: GraphqlClient = board.client): Promise<Linked> => (await client.ask<{ ticket: Linked }>(LINKS, { id })).ticket;
const sides = async (id: string, client?: GraphqlClient): Promise<string[][]> =>
  (await linkedTo(id, client)).links.map(({ side, ticket }) => [side, ticket.id]);
const refusal = ({ errors }: Awaited<ReturnType<typeof link>>): object => {
  const { code, params } = errors?.[0]?.extensions as { code: string; params: object };
  return { code, ...params };
};
const key = (number: number): string => `${board.project.key}-${number}`;
const found = async (q: string, client = board.client): Promise<string[]> =>
  (
    await client.ask<{ tickets: { nodes: { id: string }[] } }>('query ($q: String) { tickets(query: $q, first: 50) { nodes { id } } }', { q })
  ).tickets.nodes.map(({ id }) => id);

describe('links between tickets', () => {
  it('are seen from both, in the order of what matters most, and taken back from either', async () => {
    const [a, b, c] = (await tickets(3)) as [string, string, string];
    expect((await link(a, 'RELATES', b)).errors ?? []).toEqual([]);
    expect((await link(b, 'RELATES', a)).errors ?? []).toEqual([]);
    await link(a, 'DUPLICATES', c);
    await link(b, 'BLOCKS', a);
    expect(await sides(a)).toEqual([
      ['BLOCKED_BY', b],
      ['DUPLICATES', c],
      ['RELATES', b],
    ]);
    expect(await sides(b)).toEqual([
      ['BLOCKS', a],
      ['RELATES', a],
    ]);
    expect(await sides(c)).toEqual([['DUPLICATED_BY', a]]);
    await board.client.ask(UNLINK, { id: b, side: 'RELATES', otherId: a });
    await board.client.ask(UNLINK, { id: a, side: 'BLOCKED_BY', otherId: b });
    expect(await sides(a)).toEqual([['DUPLICATES', c]]);
    const log = await rows<{ changes: object }>(board.trainyard.database.direct, 'SELECT changes FROM activity WHERE ticket_id = $1 ORDER BY seq', [b]);
    expect(log.map(({ changes }) => changes)).toEqual([
      { relates: { from: null, to: a } },
      { blocks: { from: null, to: a } },
      { relates: { from: a, to: null } },
      { blocks: { from: a, to: null } },
    ]);
    expect((await linkedTo(b)).activity.nodes[0]?.names).toEqual({ [a]: key(1) });
  });

  it('block until the other is done, and are asked for by is:blocked', async () => {
    const [a, b] = (await tickets(2)) as [string, string];
    await link(a, 'BLOCKED_BY', b);
    expect((await linkedTo(a)).blockers).toEqual([{ id: b }]);
    expect(await found(`project:${board.project.key} is:blocked`)).toEqual([a]);
    await board.client.ask('mutation ($id: ID!) { setTicketState(id: $id, state: DONE) { id } }', { id: b });
    expect(await found(`project:${board.project.key} is:blocked`)).toEqual([]);
    await board.client.ask('mutation ($id: ID!) { setTicketState(id: $id, state: OPEN) { id } }', { id: b });
    expect(await found(`project:${board.project.key} is:blocked`)).toEqual([a]);
    await board.client.ask(UNLINK, { id: a, side: 'BLOCKED_BY', otherId: b });
    expect(await found(`project:${board.project.key} is:blocked`)).toEqual([]);
  });

  it('are refused in a ring, which is named; also to itself', async () => {
    const [a, b, c] = (await tickets(3)) as [string, string, string];
    await link(a, 'BLOCKS', b);
    expect(refusal(await link(b, 'BLOCKS', a))).toEqual({ code: 'LINK_CYCLE', cycle: `${key(2)} → ${key(1)} → ${key(2)}` });
    await link(b, 'BLOCKS', c);
    expect(refusal(await link(a, 'BLOCKED_BY', c))).toEqual({ code: 'LINK_CYCLE', cycle: `${key(3)} → ${key(1)} → ${key(2)} → ${key(3)}` });
    expect((await link(c, 'RELATES', a)).errors ?? []).toEqual([]);
    expect(refusal(await link(a, 'RELATES', a))).toEqual({ code: 'BAD_INPUT', field: 'otherId', reason: 'SAME' });
  });

  it('are looked through for a ring in one statement, however long the way is', async () => {
    const ids = await tickets(30);
    await board.trainyard.database.direct.query(
      `INSERT INTO ticket_link (from_id, to_id, kind) SELECT f.id, t.id, 'BLOCKS' FROM unnest($1::uuid[]) WITH ORDINALITY AS f (id, place) JOIN unnest($1::uuid[]) WITH ORDINALITY AS t (id, place) ON t.place = f.place + 1`,
      [ids.slice(1)],
    );
    const statements = async (otherId: string): Promise<number> => {
      const counting = countingSql(board.trainyard);
      expect((await link(ids[0]!, 'BLOCKS', otherId)).errors ?? []).toEqual([]);
      return counting.stop();
    };
    // The way from the last has no link, that from the first 28.
    expect(await statements(ids[29]!)).toBe(await statements(ids[1]!));
    expect(refusal(await link(ids[29]!, 'BLOCKS', ids[0]!))).toMatchObject({ code: 'LINK_CYCLE' });
  });

  it('keep nobody waiting who may not link, nor who takes one away; and what one may is asked again once it is their turn', async () => {
    const [a, b, c] = (await tickets(3)) as [string, string, string];
    await link(a, 'BLOCKS', c);
    const reader = (await someone(board.trainyard, 'VIEWER')).client;
    const release = await hold(board.trainyard, (tx) => tx.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.ticketLinks})`));
    expect((await link(a, 'BLOCKS', b, reader)).codes).toEqual(['FORBIDDEN']);
    await board.client.ask(UNLINK, { id: a, side: 'BLOCKS', otherId: c });
    const waiting = link(a, 'BLOCKS', b);
    await untilWaiting(board.trainyard, 1, 'advisory');
    await board.trainyard.database.transaction((tx) => putInState(tx, board.project.id, 'ARCHIVED'));
    await release();
    expect((await waiting).codes).toEqual(['PROJECT_READ_ONLY']);
  });

  it('close no ring when all of its links are made at once', async () => {
    for (let round = 0; round < 4; round++) {
      const ids = await tickets(4);
      const answers = await Promise.all(ids.map((id, i) => link(id, 'BLOCKS', ids[(i + 1) % 4] as string)));
      expect(answers.map(({ errors }) => errors?.[0]?.extensions?.['code'] ?? 'DONE').toSorted()).toEqual(['DONE', 'DONE', 'DONE', 'LINK_CYCLE']);
    }
  });

  it('are told to nobody who may not read the other: not named, nor counted, nor asked for', async () => {
    const secret = await buildProject(board.trainyard, { visibility: 'PRIVATE', teamId: board.project.teamId });
    const hidden = await buildTicket(board.trainyard, { project: secret });
    const [a, b] = (await tickets(2)) as [string, string];
    await link(a, 'BLOCKED_BY', hidden.id);
    await link(hidden.id, 'BLOCKED_BY', b);
    const stranger = (await someone(board.trainyard)).client;
    expect(await linkedTo(a)).toMatchObject({ blockers: [{ id: hidden.id }] });
    const seen = await linkedTo(a, stranger);
    expect([seen.links, seen.blockers, seen.activity.nodes.map(({ names }) => names)]).toEqual([[], [], [{}]]);
    expect(await found(`project:${board.project.key} is:blocked`, stranger)).toEqual([]);
    expect(await found(`project:${board.project.key} is:blocked`)).toEqual([a]);
    expect(refusal(await link(b, 'RELATES', hidden.id, stranger))).toEqual({ code: 'NOT_FOUND' });
    const outsider = await buildProject(board.trainyard);
    const member = (await memberOf(board.trainyard, outsider)).client;
    // whoever may write here closes the ring through what they cannot see
    expect(refusal(await link(a, 'BLOCKS', b, member))).toEqual({ code: 'LINK_CYCLE', cycle: `${key(1)} → ${key(2)} → … → ${key(1)}` });
  });

  it('are not seen while the other is deleted, and refused to one that is', async () => {
    const [a, b] = (await tickets(2)) as [string, string];
    await link(a, 'BLOCKED_BY', b);
    await board.client.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: b });
    expect(await linkedTo(a)).toMatchObject({ links: [], blockers: [] });
    expect(refusal(await link(a, 'RELATES', b))).toEqual({ code: 'NOT_FOUND' });
    await board.client.ask('mutation ($id: ID!) { restoreTicket(id: $id) { id } }', { id: b });
    expect(await sides(a)).toEqual([['BLOCKED_BY', b]]);
  });
});
