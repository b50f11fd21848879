import {
  concatAST,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isObjectType,
  isRequiredInputField,
  Kind,
  parse,
  separateOperations,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
} from 'graphql';
import type { Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { buildTickets, memberOf } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { buildRun } from '../../../test/factories/training.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { ActivityLog } from '../log/activity-log.ts';
import { allowance, MAX_ANSWER_BYTES, withAllowance } from '../http/allowance.ts';
import { documentCost } from './document-cost.ts';
import { limitCost, limitShape, MAX_MESSAGE_BYTES } from './document-limits.ts';
import { row } from '../sql/database.ts';

/** RFC 6455, 7.4.1. */
const MESSAGE_TOO_BIG = 1009;
/** Cards of each column that a board is opened with at most: the screen's constant of this name. */
const MAX_FIRST_CARDS = 40;
const WEB = fileURLToPath(new URL('../../../../web/src', import.meta.url));

const SOMEBODY: Actor = { userId: randomUUID(), orgRole: 'MEMBER', teams: {}, scopes: null };
/** Every type and field of the schema, as tools ask for them. */
const ALL_TYPES =
  '__schema { types { name description fields { name description args { name type { name } } type { name kind } } enumValues { name } inputFields { name } } }';

let trainyard: TestTrainyard;
let schema: GraphQLSchema;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  ({ schema } = (trainyard.app.getHttpAdapter().getInstance() as unknown as { graphql: { schema: GraphQLSchema } }).graphql);
});
afterAll(() => trainyard.stop());

/** Every operation of the screens, each with the fragments it needs. */
function operations(): DocumentNode[] {
  const files = globSync('**/*.graphql', { cwd: WEB }).map((file) => parse(readFileSync(join(WEB, file), 'utf8')));
  return Object.values(separateOperations(concatAST(files)));
}

/** Something of that type; every page size is the largest but a board's first window, which the screen keeps at MAX_FIRST_CARDS or below. */
function valueOf(type: GraphQLInputType, name: string): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, valueOf(field.type, field.name)]),
    );
  if (isEnumType(named)) return named.getValues()[0]?.value;
  if (named.name === 'Int' || named.name === 'Float') return name === 'limit' ? MAX_FIRST_CARDS : 100;
  return named.name === 'Boolean' ? true : '2026-01-01T00:00:00Z';
}

function priced(document: DocumentNode): string | null {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const variables: Record<string, unknown> = {};
  for (const { variable, type } of operation?.variableDefinitions ?? []) {
    const known = typeFromAST(schema, type as NamedTypeNode);
    if (known && isInputType(known)) variables[variable.name.value] = isListType(getNullableType(known)) ? [] : valueOf(known, variable.name.value);
  }
  try {
    limitCost(schema, document, variables, SOMEBODY);
    return null;
  } catch (error) {
    return `${operation?.name?.value}: ${String(error)}`;
  }
}

describe('the cost of a query', () => {
  it('is that of as many ids as come with it, and not of as few as came before', async () => {
    const { client } = await someone(trainyard);
    const ask = async (ids: number) =>
      (
        await client.send(
          `query ($ids: [ID!]!) { runsById(ids: $ids) { ${Array.from({ length: 8 }, (_, i) => `a${i}: attempt { log(last: 1000) { line text } }`).join(' ')} } }`,
          { ids: Array.from({ length: ids }, () => randomUUID()) },
        )
      ).codes;
    expect(await ask(1)).toEqual([]);
    expect(await ask(20)).toEqual(['QUERY_TOO_COMPLEX']);
    expect(await ask(1)).toEqual([]);
  });

  it('has no function called for a field that is a property: a board has thousands of them', () => {
    const ticket = schema.getType('Ticket');
    const called = isObjectType(ticket) ? Object.values(ticket.getFields()).flatMap(({ name, resolve }) => (resolve ? [name] : [])) : [];
    expect(called).toContain('latestRun');
    expect(called).not.toContain('title');
    expect(called).not.toContain('rank');
  });

  it('lets every operation of the screens pass', () => {
    const all = operations();
    expect(all.length).toBeGreaterThan(30);
    expect(all.map(priced).filter((refusal) => refusal !== null)).toEqual([]);
  });

  it('is not even looked at where the document is longer than any that is written, whoever sends it', async () => {
    const { client } = await someone(trainyard);
    const long = `{ ${Array.from({ length: 5_000 }, (_, i) => `a${i}: setup { needed }`).join(' ')} }`;
    const { errors } = await client.send(long);
    expect(errors[0]?.extensions).toEqual({ code: 'QUERY_TOO_COMPLEX', params: { length: long.length, limit: 64_000 } });
    // no message over a socket is even read to its end
    const socket = new WebSocket(`${trainyard.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(MESSAGE_TOO_BIG);
  });

  it.each([
    ['all cards of all boards', '{ projects { boards { columns { tickets(limit: 100) { nodes { title } } } } } }'],
    ['all people of all projects', '{ projects { key people { name email orgRole memberships { team { name } } } } }'],
    [
      'all that was said of every ticket that changed',
      'query ($p: ID!) { projectEvents(projectId: $p, since: 0) { tickets { comments(first: 100) { nodes { body author { name } } } } } }',
    ],
    [
      'the schema again and again',
      `{ ${Array.from({ length: 800 }, (_, i) => `a${i}: __schema { ...F }`).join(' ')} } fragment F on __Schema { types { name description fields { name description } } }`,
    ],
    ['what stands behind every field of the schema', '{ __schema { types { fields { type { fields { type { name } } } } } } }'],
    ['a public field again and again', `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: setup { needed }`).join(' ')} }`],
    ['what is small and runs statements of its own, fifty times', `{ ${Array.from({ length: 50 }, (_, i) => `a${i}: viewer { locale }`).join(' ')} }`],
    ['long texts of many', '{ projects { key boards { columns { tickets(limit: 20) { nodes { description } } } } } }'],
    [
      'a name of the type again and again in every row',
      `query ($p: ID!) { tickets(projectId: $p, first: 100) { nodes { ${Array.from({ length: 500 }, (_, i) => `a${i}: __typename`).join(' ')} } } }`,
    ],
  ])('is refused for %s', async (_, query) => {
    const { client } = await someone(trainyard);
    expect((await client.send(query, { p: '00000000-0000-4000-8000-000000000000' })).codes).toEqual(['QUERY_TOO_COMPLEX']);
  });

  it('lets the whole schema be asked for once, by somebody signed in', async () => {
    const { client } = await someone(trainyard);
    const { __schema } = await client.ask<{ __schema: { types: unknown[] } }>(`{ ${ALL_TYPES} }`);
    expect(__schema.types.length).toBeGreaterThan(50);
  });

  it('counts the largest page a variable asks for, whatever was sent before with the same document', async () => {
    const document = parse('query ($id: ID!, $n: Int!) { ticket(id: $id) { comments(first: $n) { nodes { body } } } }');
    const costs = [{ n: 1 }, { id: {}, n: 100 }, { id: 'x', n: 100 }].map((variables) => documentCost(schema, document, variables).cost);
    expect(costs).toEqual([expect.any(Number), costs[2], expect.any(Number)]);
    expect(costs[2]).toBeGreaterThan((costs[0] ?? 0) * 5);
  });

  it('is not made cheap by a variable of a form that is refused, for whoever sends the same document after it', () => {
    const document = parse('query ($p: ID!, $n: Int = 100) { tickets(projectId: $p, first: $n) { nodes { comments(first: $n) { nodes { body } } } } }');
    // Each of these is cheap: it passes here, and is refused where its field is run.
    for (const n of ['x', null, [], {}, 1]) expect(() => limitCost(schema, document, { p: 'x', n }, SOMEBODY)).not.toThrow();
    for (const sizes of [{}, { n: 100 }]) expect(() => limitCost(schema, document, { p: 'x', ...sizes }, SOMEBODY)).toThrow('The query costs');
  });

  it('is no excuse for going deep: what is cheap is refused for its depth alone', () => {
    const deep = (levels: number) => parse(`{ __type(name: "Query") { ${'ofType { '.repeat(levels)} name ${'}'.repeat(levels)} } }`);
    expect(() => limitCost(schema, deep(7), {}, SOMEBODY)).not.toThrow();
    expect(() => limitCost(schema, deep(8), {}, SOMEBODY)).toThrow('10 levels of fields');
  });

  it('has a lower limit for who is not signed in', () => {
    const document = parse(
      'mutation { signIn(email: "a", password: "b") { user { memberships { team { memberships { user { memberships { team { id name description } } } } } } } } }',
    );
    expect(() => limitCost(schema, document, {}, SOMEBODY)).not.toThrow();
    expect(() => limitCost(schema, document, {}, null)).toThrow('more than 1500');
  });

  it('takes no longer for fragments that lead to one another than for those that do not', () => {
    const chain = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Viewer { ${i === 39 ? 'user { id }' : `...F${i + 1} ...F${i + 1}`} }`);
    const document = parse(`{ viewer { ...F0 } } ${chain.join(' ')}`);
    const from = performance.now();
    expect(documentCost(schema, document, {}).cost).toBeGreaterThan(2 ** 39);
    expect(performance.now() - from).toBeLessThan(200);
  });

  it.each([
    ['one field many times', `{ viewer { ${'locale '.repeat(1_000)} } }`],
    ['one field many times behind fragments without a name', `{ viewer { ${'... on Viewer { locale } '.repeat(500)} } }`],
    [
      'many fragments of one field',
      `{ viewer { ${Array.from({ length: 60 }, (_, i) => `...F${i}`).join(' ')} } } ${Array.from({ length: 60 }, (_, i) => `fragment F${i} on Viewer { locale }`).join(' ')}`,
    ],
    ['more names and signs than anybody writes', `{ viewer { ${Array.from({ length: 1_700 }, (_, i) => `a${i}: locale`).join(' ')} } }`],
  ])('is refused before the comparing begins for %s', async (_, query) => {
    const { client } = await someone(trainyard);
    expect((await client.send(query)).codes).toEqual(['QUERY_TOO_COMPLEX']);
  });

  it.each([
    ['lists in lists', `{ ticket(id: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }`],
    ['fragments without a name in one another', `{ viewer { ${'... on Viewer { '.repeat(200)} locale ${'}'.repeat(200)} } }`],
    ['lists in lists, in a document that is kept', `{ ticket(id: ${'['.repeat(150)}${']'.repeat(150)}) { id } }`],
  ])('is refused before a parser that calls itself is let at %s', async (_, query) => {
    const { client } = await someone(trainyard);
    expect((await client.send(query)).codes).toEqual(['QUERY_TOO_DEEP']);
  });

  it('is not raised by brackets in a text or behind a sign of comment', async () => {
    const { client } = await someone(trainyard);
    const many = '[{('.repeat(100);
    const texts = [`"${many}"`, String.raw`"\\" # ${many}` + '\n', String.raw`"\\${many}\""`, String.raw`"""${many} " \""" ${many}"""`];
    for (const text of texts) expect(await client.ask(`{ users(search: ${text}) { totalCount } }`)).toEqual({ users: { totalCount: 0 } });
  });

  it.each([['"'], ['\\"'], ['"""\n'], ['""']])('is not what 64 kB of texts that nobody closes take: %j', async (part) => {
    const { client } = await someone(trainyard);
    const query = part.repeat(Math.floor(64_000 / part.length));
    const from = performance.now();
    expect((await client.send(query)).codes).not.toEqual(['INTERNAL']);
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it('is not what a search of a million letters takes: no name has so many', async () => {
    const { client } = await someone(trainyard);
    const from = performance.now();
    expect((await client.send('query ($search: String) { users(search: $search) { totalCount } }', { search: 'ﷺ'.repeat(300_000) })).data).toEqual({
      users: { totalCount: 0 },
    });
    expect(performance.now() - from).toBeLessThan(500);
  });

  it('is only looked at in a document: JSON that says it is one is refused', async () => {
    const { client } = await someone(trainyard);
    const forged = JSON.stringify({ ...parse('{ viewer { locale } }', { noLocation: true }), loc: { start: 0, end: 5 } });
    for (const query of [forged, 'null', '5', '[]', '{}', '"{ viewer { locale } }"'])
      expect([query, (await client.send(query)).codes]).toEqual([query, ['BAD_INPUT']]);
    expect(() => limitShape(parse('{ viewer { locale } }'), SOMEBODY)).not.toThrow();
  });

  it('does not say all of what an answer weighs: one that grows too large is given up', async () => {
    const { client, project, ids } = await longTickets();
    const ask = (each: string): string => `{ ${ids.map((id, i) => `a${i}: ticket(id: "${id}") { ${each} }`).join(' ')} }`;
    const { errors, codes } = await client.send(ask('description again: description'));
    expect([codes, errors[0]?.extensions.params]).toEqual([['ANSWER_TOO_LARGE'], { limit: MAX_ANSWER_BYTES }]);
    expect(Object.keys(await client.ask(ask('id')))).toHaveLength(ids.length);
    expect((await client.ask<{ project: { key: string } }>('query ($id: ID!) { project(id: $id) { key } }', { id: project.id })).project.key).toBe(project.key);
  });

  it('is not all that is counted: what the database sends for an answer is, and what its lists hold', async () => {
    const run = await buildRun(trainyard);
    const sql = (text: string, ...values: unknown[]) => trainyard.database.direct.query(text, values);
    const attempt = (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM attempt WHERE run_id = $1', [run.id]))?.id;
    await sql(
      `INSERT INTO log_line (attempt_id, claim, line, at, stream, text) SELECT $1, 1, n, now(), 'OUT', repeat('x', 20000) FROM generate_series(1, 100) n`,
      attempt,
    );
    const logs = (often: number): string =>
      `query ($id: ID!) { run(id: $id) { attempt { ${Array.from({ length: often }, (_, i) => `a${i}: log(last: 2000) { line }`).join(' ')} } } }`;
    // Of very long lines the last ones, as many as somebody could look through.
    const { run: read } = await run.member.ask<{ run: { attempt: { a0: { line: number }[] } } }>(logs(1), { id: run.id });
    expect(read.attempt.a0.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, i) => i + 51));
    expect(await run.member.ask('query ($id: ID!) { run(id: $id) { attempt { a0: log(last: 3) { line } } } }', { id: run.id })).toEqual({
      run: { attempt: { a0: [98, 99, 100].map((line) => ({ line })) } },
    });
    expect((await run.member.send(logs(18), { id: run.id })).codes).toEqual(['ANSWER_TOO_LARGE']);

    // A table of a thousand columns, of which each of the runs on it tells again.
    await sql(
      `UPDATE dataset SET columns = (SELECT jsonb_agg(jsonb_build_object('name', n, 'type', 'NUMBER', 'missing', 0, 'categories', '[]'::jsonb)) FROM generate_series(1, 2000) n) WHERE id = $1`,
      run.datasetId,
    );
    const again = (often: number): string =>
      `query ($id: ID!) { run(id: $id) { dataset { ${Array.from({ length: often }, (_, i) => `a${i}: columns { missing }`).join(' ')} } } }`;
    expect((await run.member.send(again(90), { id: run.id })).codes).toEqual([]);
    expect((await run.member.send(again(110), { id: run.id })).codes).toEqual(['ANSWER_TOO_LARGE']);
  });

  it('ends the transaction that read too much for an answer', async () => {
    const reading = withAllowance(() =>
      trainyard.database.transaction(async (tx) => {
        await tx.query('SET LOCAL lock_timeout = 1000');
        await tx.query(`SELECT repeat('x', 1000000) FROM generate_series(1, 20)`);
      }),
    );
    await expect(reading).rejects.toMatchObject({ driverError: { code: 'ANSWER_TOO_LARGE' } });
    // Neither the connection that answers this nor another is in a transaction still.
    const left = await row(
      trainyard.database.direct,
      `SELECT count(*)::int AS open, now() <> statement_timestamp() AS own FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(left).toEqual({ open: 0, own: false });
  });

  it('keeps what a change writes at its end, however much was read before', async () => {
    const { ids, project } = await buildTickets(trainyard, 1);
    const { database } = trainyard;
    const entries = async (): Promise<number> =>
      (await row<{ n: number }>(database.direct, 'SELECT count(*)::int AS n FROM activity WHERE scope = $1', [project.id]))!.n;
    const before = await entries();
    await withAllowance(() =>
      database.transaction(async (tx) => {
        await tx.query('UPDATE ticket SET title = $2 WHERE id = $1', [ids[0], 'Changed']);
        await trainyard.app
          .get(ActivityLog)
          .append(tx, project.id, null, [{ entity: 'TICKET', entityId: ids[0]!, ticketId: ids[0]!, action: 'UPDATED', changes: {} }]);
        allowance()?.read(3 * MAX_ANSWER_BYTES);
      }),
    );
    expect(await entries()).toBe(before + 1);
  });

  const longTickets = async () => {
    const { ids, project } = await buildTickets(trainyard, 30);
    await trainyard.database.direct.query('INSERT INTO ticket_text SELECT id, $1 FROM unnest($2::uuid[]) id', ['界'.repeat(50_000), ids]);
    return { ids, project, client: (await memberOf(trainyard, project)).client };
  };
});
