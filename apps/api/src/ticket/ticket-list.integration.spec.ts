import { instantsOf, parse, TICKET_FIELDS, type Condition, type Query, type Value } from '@trainyard/domain';
import fc from 'fast-check';
import { buildLabel, buildProject, buildTickets, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { hold } from '../../test/locks.ts';
import { someone } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { rows } from '../platform/sql/database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const LIST = `query($p: ID, $q: String, $z: String, $first: Int!, $after: String) {
  tickets(projectId: $p, query: $q, timeZone: $z, first: $first, after: $after) { nodes { id key title } totalCount totalCountIsCapped pageInfo { endCursor hasNextPage } } }`;
interface Listed {
  tickets: {
    nodes: { id: string; key: string; title: string }[];
    totalCount: number;
    totalCountIsCapped: boolean;
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
}
interface Plain {
  id: string;
  title: string;
  state: string;
  type: string;
  stage: string | null;
  points: number | null;
  assignee: string | null;
  labels: string[];
  updated: Date;
}

describe('the list of tickets', () => {
  let trainyard: TestTrainyard;
  let open: BuiltProject;
  let secret: BuiltProject;
  let member: GraphqlClient;
  let stranger: GraphqlClient;
  let plain: Plain[];
  let secretIds: string[];
  const now = new Date();
  const list = async (client: GraphqlClient, q: string, more: Record<string, unknown> = {}): Promise<Listed['tickets']> =>
    (await client.ask<Listed>(LIST, { q, first: 100, ...more })).tickets;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    open = await buildProject(trainyard);
    secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { ids } = await buildTickets(trainyard, 60, { project: open, title: 'Open work' });
    secretIds = (await buildTickets(trainyard, 20, { project: secret, title: 'Hidden work' })).ids;
    const insider = await memberOf(trainyard, secret);
    member = insider.client;
    const outsider = await someone(trainyard);
    stranger = outsider.client;
    const labels = [await buildLabel(trainyard, open.id, 'gpu'), await buildLabel(trainyard, open.id, 'data quality')];
    await buildLabel(trainyard, secret.id, 'hidden label');
    await trainyard.database.direct.query(
      /* sql */ `UPDATE ticket t SET
        type = (ARRAY['BUG', 'TASK', 'STORY'])[1 + number % 3], stage = (ARRAY['DATA', NULL])[1 + number % 2], points = nullif(number % 5, 0) / 2.0::real,
        assignee_id = CASE WHEN number % 4 = 0 THEN $1::uuid END, label_ids = CASE number % 3 WHEN 0 THEN '{}' ELSE ($2::uuid[])[1 : number % 3] END,
        updated_at = $3::timestamptz - number * interval '9 hours 7 minutes', title = title || (ARRAY[' alpha', ' Beta', ' 100%'])[1 + number % 3]`,
      [outsider.user.id, labels, now.toISOString()],
    );
    await trainyard.database.direct.query('UPDATE ticket SET label_ids = (SELECT array_agg(id) FROM label WHERE project_id = $1) WHERE project_id = $1', [
      secret.id,
    ]);
    plain = await rows<Plain>(
      trainyard.database.direct,
      `SELECT t.id, t.title, t.state, t.type, t.stage, t.points, t.assignee_id AS assignee, t.updated_at AS updated,
        COALESCE((SELECT array_agg(l.name) FROM label l WHERE l.id = ANY (t.label_ids)), '{}') AS labels FROM ticket t WHERE t.id = ANY ($1) ORDER BY t.number`,
      [ids],
    );
    me = outsider.user.id;
  });
  let me: string;
  afterAll(() => trainyard.stop());

  const has = (ticket: Plain, { field, values }: Condition): boolean =>
    values.some((value: Value) => {
      const of = field === 'assignee' ? ticket.assignee : ticket[field as 'state' | 'type' | 'stage' | 'points'];
      if (value.is === 'NONE') return field === 'label' ? ticket.labels.length === 0 : of === null;
      if (value.is === 'ME') return ticket.assignee === me;
      if (value.is === 'WORD') return of === value.word;
      if (value.is === 'TEXT') return field === 'label' ? ticket.labels.includes(value.text) : ticket.title.toLowerCase().includes(value.text.toLowerCase());
      if (value.is === 'NUMBERS') {
        if (ticket.points === null) return false;
        const { from, to } = value;
        return (
          (!from || (from.open ? ticket.points > from.value : ticket.points >= from.value)) &&
          (!to || (to.open ? ticket.points < to.value : ticket.points <= to.value))
        );
      }
      const { from, before } = instantsOf(value.from, value.to, { now, timeZone: 'Asia/Shanghai' });
      return (!from || ticket.updated >= from) && (!before || ticket.updated < before);
    });
  const fits = (ticket: Plain, query: Query): boolean =>
    query.conditions.every((condition) => has(ticket, condition) !== condition.negated) &&
    query.words.every(({ text, negated }) => ticket.title.toLowerCase().includes(text.toLowerCase()) !== negated);

  it('is what a plain filter finds, whatever is asked', async () => {
    const condition = fc.constantFrom(
      ...[
        'state:open',
        'state:open,done',
        'type:bug',
        'stage:none',
        'stage:data,none',
        'points:>1',
        'points:0.5..1.5',
        'points:none,2',
        'assignee:me',
        'assignee:none',
      ],
      ...[
        'label:gpu',
        'label:"data quality"',
        'label:none',
        'label:nothing',
        'title:beta',
        'updated:-3d',
        'updated:<-5d',
        'updated:yesterday',
        'alpha',
        '"100%"',
        '_',
      ],
    );
    const asked = fc.array(fc.tuple(condition, fc.boolean()), { minLength: 1, maxLength: 4 });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (parts) => {
        const text = parts.map(([one, negated]) => (negated ? '-' : '') + one).join(' ');
        const parsed = parse(text, TICKET_FIELDS);
        if (!parsed.ok) throw new Error(text);
        const expected = plain.filter((ticket) => fits(ticket, parsed.query)).map(({ id }) => id);
        found += expected.length;
        const { nodes, totalCount } = await list(stranger, text, { p: open.id, z: 'Asia/Shanghai' });
        expect([text, nodes.map(({ id }) => id), totalCount]).toEqual([text, expected, expected.length]);
      }),
      { numRuns: 80 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it.each([
    '',
    `project:KEY`,
    '-project:X',
    'label:"hidden label"',
    '-label:gpu',
    'hidden',
    'state:open,in_progress,done',
    'sort:title',
    'column:none',
    'KEY-1',
    'key:KEY-1',
  ])('never tells of a private project: %s', async (text) => {
    const q = text.replace('KEY', secret.key);
    const { nodes, totalCount } = await list(stranger, q);
    expect(nodes.filter(({ id }) => secretIds.includes(id))).toEqual([]);
    expect(totalCount).toBeLessThanOrEqual(60);
    const inside = await list(member, q);
    if (text.includes('KEY') && !text.startsWith('-')) expect(inside.nodes.length).toBeGreaterThan(0);
    expect((await stranger.send(LIST, { p: secret.id, q, first: 10 })).codes).toEqual(['NOT_FOUND']);
  });

  it.each(['', 'sort:points', 'sort:-points,title', 'sort:assignee', 'sort:-updated', 'sort:stage,-key', 'sort:state', 'sort:-comments'])(
    'tells every ticket once, page by page: %s',
    async (q) => {
      const all = await list(member, q, { p: open.id });
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const page: Listed['tickets'] = await list(member, q, { p: open.id, first: 7, after });
        expect(page.totalCount).toBe(60);
        ids.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(ids).toEqual(all.nodes.map(({ id }) => id));
      expect(new Set(ids).size).toBe(60);
    },
  );

  it('puts what has no value last, either way', async () => {
    for (const q of ['sort:points', 'sort:-points']) {
      const { nodes } = await list(member, q, { p: open.id });
      const points = nodes.map(({ id }) => plain.find((one) => one.id === id)?.points ?? null);
      expect(points.slice(-12)).toEqual(Array.from({ length: 12 }, () => null));
      const sorted = points.slice(0, -12).map(Number);
      expect(sorted).toEqual(sorted.toSorted((a, b) => (q === 'sort:points' ? a - b : b - a)));
    }
  });

  it('goes on after a cursor whatever is made meanwhile', async () => {
    const project = await buildProject(trainyard);
    await buildTickets(trainyard, 10, { project });
    const first = await list(member, 'sort:-key', { p: project.id, first: 5 });
    await buildTickets(trainyard, 3, { project });
    const second = await list(member, 'sort:-key', { p: project.id, first: 100, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ key }) => Number(key.split('-')[1]))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second.totalCount).toBe(10);
  });

  it('means by days ago what the first page meant', async () => {
    const first = await list(member, 'updated:-3d', { p: open.id, first: 2 });
    const [digest, asked, ...rest] = JSON.parse(Buffer.from(first.pageInfo.endCursor, 'base64url').toString()) as [string, number];
    // Twenty days ago, three days ago was before all of these.
    const after = Buffer.from(JSON.stringify([digest, asked - 20 * 24 * 3_600_000, ...rest])).toString('base64url');
    expect((await list(member, 'updated:-3d', { p: open.id, after })).nodes.length).toBe(58);
  });

  it('is given up where it takes more than five seconds', async () => {
    const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE'));
    try {
      expect((await member.send(LIST, { q: '', first: 10 })).errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_SLOW', params: { seconds: 5 } });
    } finally {
      await release();
    }
  }, 30_000);

  it('counts to a thousand and says that there are more', async () => {
    const { project } = await buildTickets(trainyard, 1001);
    expect(await list(member, '', { p: project.id, first: 1 })).toMatchObject({ totalCount: 1000, totalCountIsCapped: true });
    expect(await list(member, 'type:task -"Ticket 7"', { p: project.id, first: 1 })).toMatchObject({ totalCountIsCapped: false });
  });

  it('says where a query is wrong, and refuses cursors of another', async () => {
    const refused = async (variables: Record<string, unknown>) => (await member.send(LIST, { first: 10, ...variables })).errors[0]?.extensions;
    expect(await refused({ q: 'a state:opne' })).toMatchObject({
      code: 'BAD_INPUT',
      params: { field: 'query', of: 'state', reason: 'QUERY_UNKNOWN_WORD', start: 8, end: 12, value: 'opne', suggestion: 'open', count: 1 },
    });
    expect(await refused({ q: '', z: 'Nowhere' })).toMatchObject({ code: 'BAD_INPUT', params: { field: 'timeZone' } });
    const { pageInfo } = await list(member, 'state:open', { p: open.id, first: 1 });
    for (const other of [{ q: 'state:done' }, { q: 'state:open sort:-key' }, { q: 'state:open', p: null }, { q: 'state:open', z: 'Asia/Shanghai' }])
      expect(await refused({ p: open.id, first: 1, after: pageInfo.endCursor, ...other })).toMatchObject({ params: { field: 'after', reason: 'OTHER_QUERY' } });
    const [digest, asked, counted] = JSON.parse(Buffer.from(pageInfo.endCursor, 'base64url').toString()) as unknown[];
    for (const keys of [[null], [null, null], ['1'], ['1', null], ['x', secretIds[0]], ['1', 'x']]) {
      const after = Buffer.from(JSON.stringify([digest, asked, counted, ...keys])).toString('base64url');
      expect(await refused({ p: open.id, q: 'state:open', after })).toMatchObject({ code: 'BAD_INPUT' });
    }
    expect(await refused({ q: '', after: 'bm90IG91cnM' })).toMatchObject({ params: { field: 'after' } });
    const search = 'query($p: ID) { tickets(projectId: $p, search: "a", query: "b") { totalCount } }';
    expect((await member.send(search, { p: open.id })).errors[0]?.extensions.params).toMatchObject({ field: 'search' });
  });

  it('come in the order of boards: work in progress first, then what lies further to the right, then as it lies in its column', async () => {
    const project = await buildProject(trainyard);
    const [idea, todo, doing, review] = project.columns as [string, string, string, string];
    for (const [title, column] of [
      ['Idea', idea],
      ['Doing', doing],
      ['To do', todo],
      ['Review', review],
    ] as const)
      await buildTickets(trainyard, 2, { project, columns: [column], title });
    const { ids } = await buildTickets(trainyard, 1, { project, columns: [todo], title: 'Nowhere' });
    await trainyard.database.direct.query('DELETE FROM placement WHERE ticket_id = ANY ($1)', [ids]);
    const client = (await memberOf(trainyard, project)).client;
    const titles = (await list(client, 'sort:place', { p: project.id })).nodes.map(({ title }) => title.replace(/ \d+$/, ''));
    expect(titles).toEqual(['Review', 'Review', 'Doing', 'Doing', 'To do', 'To do', 'Idea', 'Idea', 'Nowhere']);
    const backwards = (await list(client, 'sort:-place', { p: project.id })).nodes.map(({ title }) => title.replace(/ \d+$/, ''));
    expect(backwards.slice(0, 2)).toEqual(['Idea', 'Idea']);
  });
});
