import fc from 'fast-check';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildLabel, buildProject, buildTickets, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const BOARD = `query($id: ID!, $o: Int!, $n: Int!, $q: String, $z: String, $by: LaneField, $lane: String) {
  board(id: $id) { columns { id tickets(offset: $o, limit: $n, query: $q, timeZone: $z, by: $by, lane: $lane) { offset total all nodes { id rank columnId points enteredAt } } } } }`;
const LIST = 'query($p: ID, $q: String) { tickets(projectId: $p, query: $q, first: 100) { nodes { id } } }';
const LANES =
  'query($id: ID!, $by: LaneField!, $q: String) { board(id: $id) { lanes(by: $by, query: $q) { key name total seq columns { columnId total points } } } }';
const MATCHES =
  'query($id: ID!, $ids: [ID!]!, $q: String, $by: LaneField) { board(id: $id) { matches(ids: $ids, query: $q, by: $by) { id columnId rank matches lane } } }';

interface Column {
  id: string;
  tickets: { offset: number; total: number; all: number; nodes: { id: string; rank: string; columnId: string; points: number | null; enteredAt: string }[] };
}
interface Lane {
  key: string | null;
  name: string | null;
  total: number;
  seq: number;
  columns: { columnId: string; total: number; points: number }[];
}
interface Match {
  id: string;
  columnId: string;
  rank: string;
  matches: boolean;
  lane: string | null;
}

describe('a board that is asked', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  let ids: string[];
  let ada: { id: string; name: string };
  let labels: string[];

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    ({ ids } = await buildTickets(trainyard, 90, { project, title: 'Work' }));
    const member = await memberOf(trainyard, project);
    ({ client } = member);
    ada = member.user;
    labels = [await buildLabel(trainyard, project.id, 'gpu'), await buildLabel(trainyard, project.id, 'Data')];
    await trainyard.database.direct.query(
      /* sql */ `UPDATE ticket SET
        type = (ARRAY['BUG', 'TASK', 'STORY'])[1 + number % 3], stage = (ARRAY['TRAINING', 'DATA', NULL])[1 + number % 3], points = nullif(number % 5, 0),
        assignee_id = CASE WHEN number % 4 = 0 THEN $1::uuid END, label_ids = CASE number % 3 WHEN 0 THEN '{}' ELSE ($2::uuid[])[1 : number % 3] END,
        title = title || (ARRAY[' alpha', ' Beta'])[1 + number % 2] WHERE project_id = $3`,
      [ada.id, labels, project.id],
    );
  });
  afterAll(() => trainyard.stop());

  const columns = async (q: string | null, more: Record<string, unknown> = {}, by = client): Promise<Column[]> =>
    (await by.ask<{ board: { columns: Column[] } }>(BOARD, { id: project.boardId, o: 0, n: 100, q, ...more })).board.columns;
  const lanesOf = async (by: string, q: string | null = null): Promise<Lane[]> =>
    (await client.ask<{ board: { lanes: Lane[] } }>(LANES, { id: project.boardId, by, q })).board.lanes;
  const matchesOf = async (which: readonly string[], q: string, by: string | null = null): Promise<Match[]> =>
    (await client.ask<{ board: { matches: Match[] } }>(MATCHES, { id: project.boardId, ids: which, q, by })).board.matches;

  it('shows what the list of tickets finds, whatever is asked: in rank order, window by window, with counts that add up', async () => {
    const whole = await columns(null);
    const term = fc.constantFrom(
      ...['type:bug', '-type:task', 'assignee:me', 'assignee:none', 'label:gpu', '-label:data', 'stage:training', 'points:>=2', 'state:open', 'alpha', '-beta'],
      ...['is:unfinished', `column:"${project.columns[0]}"`, 'created:today', 'points:none', 'sort:-points', 'run:none'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(term, { minLength: 1, maxLength: 4, selector: (text) => text.replace(/^-/, '').split(':')[0] }),
        fc.nat(8),
        fc.integer({ min: 1, max: 9 }),
        async (terms, offset, limit) => {
          const q = terms.join(' ');
          const found = new Set((await client.ask<{ tickets: { nodes: { id: string }[] } }>(LIST, { p: project.id, q })).tickets.nodes.map(({ id }) => id));
          const asked = await columns(q);
          expect(asked.map(({ id, tickets }) => ({ id, ...tickets }))).toEqual(
            whole.map(({ id, tickets }) => {
              const nodes = tickets.nodes.filter((card) => found.has(card.id));
              return { id, offset: 0, total: nodes.length, all: tickets.total, nodes };
            }),
          );
          expect(asked.reduce((sum, { tickets }) => sum + tickets.total, 0)).toBe(found.size);
          const parts = await columns(q, { o: offset, n: limit });
          expect(parts.map(({ tickets }) => tickets.nodes)).toEqual(asked.map(({ tickets }) => tickets.nodes.slice(offset, offset + limit)));
          expect(parts.map(({ tickets }) => [tickets.offset, tickets.total])).toEqual(asked.map(({ tickets }) => [offset, tickets.total]));
          const matched = await matchesOf(ids, q);
          expect(new Set(matched.filter((one) => one.matches).map(({ id }) => id))).toEqual(found);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(['ASSIGNEE', 'LABEL', 'STAGE'])('groups by %s: each card lies in one lane, and lanes count what their windows hold', async (by) => {
    for (const q of [null, 'type:bug', 'points:>100']) {
      const asked = await columns(q);
      const lanes = await lanesOf(by, q);
      const seen: string[] = [];
      for (const lane of lanes) {
        const windows = await columns(q, { by, lane: lane.key });
        expect(
          windows.flatMap(({ id, tickets }) =>
            tickets.total > 0 ? [{ columnId: id, total: tickets.total, points: tickets.nodes.reduce((sum, { points }) => sum + (points ?? 0), 0) }] : [],
          ),
        ).toEqual(asked.flatMap(({ id }) => lane.columns.filter(({ columnId }) => columnId === id)));
        const cards = windows.flatMap(({ tickets }) => tickets.nodes.map(({ id }) => id));
        expect(cards).toHaveLength(lane.total);
        expect(new Set((await matchesOf(cards, q ?? '', by)).map((one) => one.lane))).toEqual(new Set([lane.key]));
        seen.push(...cards);
      }
      expect(seen.toSorted()).toEqual(asked.flatMap(({ tickets }) => tickets.nodes.map(({ id }) => id)).toSorted());
    }
  });

  it('names lanes and gives them in an order, those of nothing last', async () => {
    expect((await lanesOf('ASSIGNEE')).map(({ key, name }) => [key, name])).toEqual([
      [ada.id, ada.name],
      [null, null],
    ]);
    expect((await lanesOf('LABEL')).map(({ name }) => name)).toEqual(['gpu', null]);
    expect((await lanesOf('STAGE')).map(({ key }) => key)).toEqual(['DATA', 'TRAINING', null]);
    expect(await lanesOf('STAGE', 'points:>100')).toEqual([]);
    const { seq } = (await client.ask<{ project: { seq: number } }>('query($k: String!) { project(key: $k) { seq } }', { k: project.key })).project;
    expect(new Set((await lanesOf('STAGE')).map((lane) => lane.seq))).toEqual(new Set([seq]));
  });

  it('tells where a card lies that does not match, and nothing of those that are elsewhere', async () => {
    const [elsewhere] = (await buildTickets(trainyard, 1)).ids;
    const [first = '', second = ''] = ids;
    await client.ask('mutation($id: ID!) { takeOffBoard(id: $id) { id } }', { id: second });
    expect(await matchesOf([first, second, elsewhere ?? ''], 'nothing')).toEqual([
      { id: first, columnId: project.columns[0], rank: expect.any(String), matches: false, lane: null },
    ]);
    await client.ask('mutation($id: ID!, $c: ID!) { moveTicket(id: $id, columnId: $c) { id } }', { id: second, c: project.columns[1] });
  });

  it('says what is wrong with a query or a zone, as lists do', async () => {
    const wrong = (variables: Record<string, unknown>) => client.send(BOARD, { id: project.boardId, o: 0, n: 5, ...variables });
    expect((await wrong({ q: 'colour:red' })).errors[0]?.extensions.params).toMatchObject({ field: 'query', reason: 'QUERY_UNKNOWN_FIELD' });
    expect((await wrong({ q: 'type:bug', z: 'Atlantis/Capital' })).errors[0]?.extensions.params).toMatchObject({ field: 'timeZone' });
    expect((await wrong({ q: 'type:bug', n: 101 })).codes).toContain('BAD_INPUT');
    const many = await client.send(MATCHES, { id: project.boardId, ids: Array.from({ length: 201 }, () => ids[0]), q: '' });
    expect(many.errors[0]?.extensions.params).toMatchObject({ field: 'ids', max: 200 });
  });

  it('is nothing to those who may not read it, and to each as they are: their own cards, the labels they may know of', async () => {
    const stranger = (await someone(trainyard)).client;
    expect(await stranger.ask(BOARD, { id: project.boardId, o: 0, n: 5, q: 'type:bug' })).toEqual({ board: null });
    expect(await stranger.ask(MATCHES, { id: project.boardId, ids, q: '' })).toEqual({ board: null });
    const colleague = (await memberOf(trainyard, project, 'VIEWER')).client;
    const mine = (all: Column[]): number => all.reduce((sum, { tickets }) => sum + tickets.total, 0);
    expect(mine(await columns('assignee:me', {}, colleague))).toBe(0);
    expect(mine(await columns('assignee:me'))).toBe(22);
  });

  it('asks the cards of all columns by one statement', async () => {
    await columns('type:bug');
    const heard = countingSql(trainyard);
    await columns('type:bug');
    heard.stop();
    expect(heard.statements.filter((sql) => sql.includes('FROM placement k JOIN ticket'))).toHaveLength(1);
  });
});
