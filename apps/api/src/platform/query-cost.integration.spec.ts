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
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { limitComplexity, MAX_MESSAGE_BYTES } from './graphql.ts';

/** RFC 6455, 7.4.1. */
const MESSAGE_TOO_BIG = 1009;
/** Cards of each column that a board is opened with at most: the screen's constant of this name. */
const MAX_FIRST_CARDS = 40;
const WEB = fileURLToPath(new URL('../../../web/src/', import.meta.url));

let trainyard: TestTrainyard;
let schema: GraphQLSchema;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  ({ schema } = (trainyard.app.getHttpAdapter().getInstance() as unknown as { graphql: { schema: GraphQLSchema } }).graphql);
});
afterAll(() => trainyard.stop());

/** Every operation of the screens, each with the fragments it needs. */
function operations(): DocumentNode[] {
  const files = globSync('**/*.graphql', { cwd: WEB }).map((file) => parse(readFileSync(`${WEB}${file}`, 'utf8')));
  return Object.values(separateOperations(concatAST(files)));
}

/** Something of that type; every page size is the largest but a board's first window, which the screen keeps at MAX_FIRST_CARDS or below. */
function valueOf(type: GraphQLInputType, name: string): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.fromEntries(Object.values(named.getFields()).filter(isRequiredInputField).map((field) => [field.name, valueOf(field.type, field.name)]));
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
    limitComplexity(schema, document, variables);
    return null;
  } catch (error) {
    return `${operation?.name?.value}: ${String(error)}`;
  }
}

describe('the cost of a query', () => {
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
    const long = `{ ${Array.from({ length: 5_000 }, (_, i) => `a${i}: setup { needed }`).join(' ')} }`;
    const { errors } = await trainyard.client().send(long);
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
    ['all that was said of every ticket that changed', 'query ($p: ID!) { projectEvents(projectId: $p, since: 0) { tickets { comments(first: 100) { nodes { body author { name } } } } } }'],
  ])('is refused for %s', async (_, query) => {
    const { client } = await someone(trainyard);
    expect((await client.send(query, { p: '00000000-0000-4000-8000-000000000000' })).codes).toEqual(['QUERY_TOO_COMPLEX']);
  });
});
