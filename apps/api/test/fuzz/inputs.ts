import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { points, RESULT, CPU_ENGINE } from '../runner.ts';

export type Sender = 'STRANGER' | 'MEMBER' | 'OWNER' | 'RUNNER';

/** What the outside world sends, and on whose behalf: a request, or all that is said over one socket. */
export type Input = RequestInput | SocketInput;
export interface RequestInput {
  by: Sender;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  type: string | null;
  body: string | null;
}

export interface SocketInput {
  by: Sender;
  messages: string[];
}

/** Things that are there, for ids that lead somewhere. */
export interface Known {
  ids: string[];
  attemptId: string;
  runnerId: string;
}

const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  '\uD800',
  '\u202E',
  'İ',
  '5" pipe',
  "'; DROP TABLE ticket; --",
  '../../etc/passwd',
  '%00',
  '1e999',
  'NaN',
  '-0',
  '2026-02-30',
  '9'.repeat(40),
  '界'.repeat(300),
  '__proto__',
  'constructor',
  'toString',
];
/** Any characters, halves of some among them. */
const anyText = (maxLength: number): fc.Arbitrary<string> => fc.array(fc.nat(0xffff), { maxLength, size: 'max' }).map((units) => String.fromCharCode(...units));
const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS), anyText(40), fc.string({ maxLength: 40, size: 'max' }));
const oddNumber = fc.constantFrom(0, -0, -1, 1, 100, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 0.1, -1e-320);
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.jsonValue({ maxDepth: 3 }),
);
const ODD_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/graphql',
  'application/octet-stream',
  'text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'nonsense',
  '',
];

/** A value for an argument: of its type most times, and else whatever it may be. */
function valueFor(type: GraphQLInputType, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const nullable = getNullableType(type) as GraphQLInputType;
  const named = getNamedType(type);
  let right: fc.Arbitrary<unknown>;
  if (isListType(nullable)) right = fc.array(valueFor(nullable.ofType as GraphQLInputType, known, depth + 1), { maxLength: 4, size: 'max' });
  else if (isEnumType(named)) right = fc.constantFrom(...named.getValues().map(({ name }) => name));
  else if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    right =
      depth > 3
        ? fc.constant({})
        : fc.record(Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, known, depth + 1)])), {
            requiredKeys: fields.filter(({ type: of }) => isNonNullType(of)).map(({ name }) => name),
          });
  } else if (named.name === 'ID') right = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known.ids) }, { weight: 1, arbitrary: fc.uuid() });
  else if (named.name === 'Int') right = fc.oneof(fc.integer({ min: -2, max: 120 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));
  else if (named.name === 'Float') right = fc.oneof(fc.double(), fc.integer());
  else if (named.name === 'Boolean') right = fc.boolean();
  else right = oddText;
  return fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: oddValue });
}

/** Made once for each type and depth: there are few of them, and each is drawn from thousands of times. */
const selections = new Map<string, fc.Arbitrary<string>>();

/** Some fields of a type, and some of theirs. */
function selection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const known = selections.get(`${type.name} ${depth}`);
  if (known) return known;
  const fields = Object.values(type.getFields()).filter(({ type: of }) => depth > 0 || !isObjectType(getNamedType(of)));
  const each = fields.map((field) => {
    const of = getNamedType(field.type);
    const asked = field.name + argumentsOf(field);
    return isObjectType(of) ? selection(of, depth - 1).map((below) => `${asked} ${below}`) : fc.constant(asked);
  });
  const some =
    each.length === 0
      ? fc.constant('{ __typename }')
      : fc.array(fc.oneof(...each), { minLength: 1, maxLength: 4, size: 'max' }).map((chosen) => `{ ${chosen.join(' ')} }`);
  selections.set(`${type.name} ${depth}`, some);
  return some;
}

/** Required arguments of nested fields, with the least that is valid. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const required = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  return required.length === 0 ? '' : `(${required.map(({ name, type }) => `${name}: ${isListType(getNullableType(type)) ? '[]' : '1'}`).join(', ')})`;
}

/** What ends whoever asks: every further input would be a stranger's. */
const ENDS_THE_SESSION = new Set(['signOut', 'signOutEverywhere', 'changePassword', 'updateUser']);

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

function operation(schema: GraphQLSchema, known: Known, kinds: readonly OperationTypeNode[]): fc.Arbitrary<Asked> {
  const roots = kinds.flatMap((kind) => {
    const root = schema.getRootType(kind);
    return Object.values(root?.getFields() ?? {}).flatMap((field) => (ENDS_THE_SESSION.has(field.name) ? [] : [{ kind, field }]));
  });
  const each = roots.map(({ kind, field }) => {
    const of = getNamedType(field.type);
    const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
    return fc
      .tuple(
        isObjectType(of) ? selection(of, 3) : fc.constant(''),
        fc.record(Object.fromEntries(field.args.map(({ name, type }) => [name, valueFor(type, known)])), {
          requiredKeys: field.args.filter(({ type }) => isNonNullType(type)).map(({ name }) => name),
        }),
      )
      .map(([below, variables]): Asked => ({
        query: `${kind} ${declared ? `(${declared})` : ''} { ${field.name}${passed ? `(${passed})` : ''} ${below} }`,
        variables,
      }));
  });
  return fc.oneof(...each);
}

/** A text with one place cut out, doubled or overwritten. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(text.length), fc.nat(12), oddText, fc.constantFrom('cut', 'double', 'insert')).map(([at, length, odd, how]) => {
    const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
    return before + (how === 'cut' ? '' : how === 'double' ? piece + piece : odd) + after;
  });

const somebody = fc.constantFrom<Sender[]>('MEMBER', 'MEMBER', 'OWNER', 'STRANGER');

function documents(schema: GraphQLSchema, known: Known): fc.Arbitrary<RequestInput> {
  const whole = operation(schema, known, [OperationTypeNode.QUERY, OperationTypeNode.MUTATION]);
  const body = fc.oneof(
    { weight: 6, arbitrary: whole.map((asked) => JSON.stringify(asked)) },
    { weight: 2, arbitrary: whole.chain(({ query, variables }) => damaged(query).map((broken) => JSON.stringify({ query: broken, variables }))) },
    { weight: 1, arbitrary: whole.chain((asked) => damaged(JSON.stringify(asked))) },
    { weight: 1, arbitrary: fc.record({ query: oddValue, variables: oddValue, operationName: oddValue }).map((asked) => JSON.stringify(asked)) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)) },
  );
  const posted = fc
    .tuple(somebody, body, fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: fc.constantFrom(...ODD_TYPES) }))
    .map(([by, text, type]): RequestInput => ({ by, method: 'POST', path: '/graphql', type, body: text }));
  const asked = fc.tuple(somebody, oddText, oddText).map(([by, query, variables]): RequestInput => ({
    by,
    method: 'GET',
    path: `/graphql?query=${query.isWellFormed() ? encodeURIComponent(query) : '%FF'}&variables=${variables.isWellFormed() ? encodeURIComponent(variables) : '%ZZ'}`,
    type: null,
    body: null,
  }));
  return fc.oneof({ weight: 12, arbitrary: posted }, { weight: 1, arbitrary: asked });
}

/** What is said over a socket: mostly in the order of graphql-transport-ws, with one thing or another that is not of it. */
function sockets(schema: GraphQLSchema, known: Known): fc.Arbitrary<SocketInput> {
  const asked = fc.oneof(
    { weight: 4, arbitrary: operation(schema, known, [OperationTypeNode.SUBSCRIPTION]) },
    { weight: 1, arbitrary: operation(schema, known, [OperationTypeNode.QUERY, OperationTypeNode.MUTATION]) },
  );
  const broken = asked.chain((payload) => damaged(payload.query).map((query) => ({ ...payload, query })));
  const id = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') }, { weight: 1, arbitrary: oddValue });
  const said = (type: string, payload: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
    fc.record({ type: fc.constant(type), id, payload }).map((message) => JSON.stringify(message));
  const message = fc.oneof(
    { weight: 6, arbitrary: said('subscribe', fc.oneof({ weight: 4, arbitrary: asked }, { weight: 1, arbitrary: broken })) },
    {
      weight: 1,
      arbitrary: said('subscribe', fc.oneof(oddValue, fc.record({ query: oddValue, variables: oddValue, operationName: oddValue, extensions: oddValue }))),
    },
    { weight: 1, arbitrary: fc.constantFrom('complete', 'ping', 'pong', 'next', 'connection_init', 'nonsense').chain((type) => said(type, oddValue)) },
    { weight: 1, arbitrary: asked.chain((payload) => damaged(JSON.stringify({ type: 'subscribe', id: 'a', payload }))) },
    { weight: 1, arbitrary: oddText },
  );
  const first = fc.oneof({ weight: 6, arbitrary: fc.constant('{"type":"connection_init"}') }, { weight: 1, arbitrary: message });
  return fc
    .tuple(somebody, first, fc.array(message, { minLength: 1, maxLength: 5, size: 'max' }))
    .map(([by, begin, rest]) => ({ by, messages: [begin, ...rest] }));
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function uploads(known: Known): fc.Arbitrary<RequestInput> {
  const query = fc
    .array(fc.tuple(fc.constantFrom('name', 'name', 'size', 'id', 'name[]', '__proto__'), oddText), { maxLength: 3, size: 'max' })
    .map((pairs) => pairs.map(([key, value]) => `${encoded(key)}=${encoded(value)}`).join('&'));
  const address = fc.constantFrom('/uploads', ...known.ids.map((id) => `/attachments/ticket/${id}`));
  return fc
    .tuple(somebody, query, fc.constantFrom(...ODD_TYPES, 'application/octet-stream', 'application/octet-stream'), anyText(200), address)
    .map(([by, asked, type, body, to]) => ({ by, method: 'POST', path: `${to}?${asked}`, type, body }));
}

/** A valid body of the runner protocol in which one place holds something else. */
function tampered(body: object): fc.Arbitrary<string> {
  const places = placesIn(body);
  return fc
    .tuple(fc.constantFrom(...places), fc.oneof({ weight: 8, arbitrary: oddValue }, { weight: 1, arbitrary: fc.constant(undefined) }))
    .map(([place, value]) => {
      const copy = structuredClone(body) as Record<string, unknown>;
      let holder: Record<string, unknown> = copy;
      for (const step of place.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
      holder[place.at(-1) ?? ''] = value;
      return JSON.stringify(copy);
    });
}

function placesIn(value: unknown, before: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return before.length > 0 ? [before] : [];
  return [...(before.length > 0 ? [before] : []), ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...before, key]))];
}

function runnerProtocol({ attemptId, runnerId }: Known): fc.Arbitrary<RequestInput> {
  const ids = fc.constantFrom(attemptId, runnerId, '00000000-0000-4000-8000-000000000000', 'none', '%00', '..%2f..');
  const bodies: Record<string, object> = {
    hello: { name: 'runner-1', version: '1', host: 'here', cores: 2, memoryMiB: 1024, concurrency: 1, engines: [CPU_ENGINE] },
    heartbeat: { runnerId, attempts: [{ attemptId, claim: 1 }] },
    claim: { runnerId },
    report: {
      claim: 1,
      seq: 0,
      progress: { phase: 'TRAINING', step: 1, totalSteps: 10, trainingEpoch: 1, totalEpochs: 2, samplesPerSecond: 1, elapsedMs: 1, remainingMs: 1 },
      metrics: [points('LOSS', 1, 3)],
      logs: [{ line: 0, at: '2026-01-01T00:00:00.000Z', stream: 'OUT', text: 'a line', params: { reason: 'x' } }],
      resumedFromStep: 0,
    },
    finish: { claim: 1, outcome: 'SUCCEEDED', failure: null, result: RESULT },
  };
  const json = fc.tuple(fc.constantFrom(...Object.keys(bodies)), ids).chain(([name, id]) =>
    fc
      .oneof(
        { weight: 6, arbitrary: tampered(bodies[name] ?? {}) },
        { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)) },
      )
      .map((body): RequestInput => ({
        by: 'RUNNER',
        method: 'POST',
        path: name === 'hello' || name === 'heartbeat' ? `/runner/v1/${name}` : `/runner/v1/attempts/${id}/${name}`,
        type: 'application/json',
        body,
      })),
  );
  const stored = fc
    .tuple(ids, oddText, oddText, fc.constantFrom(...ODD_TYPES, 'application/octet-stream'), fc.string({ maxLength: 100, size: 'max' }))
    .map(([id, step, name, type, body]): RequestInput => ({
      by: 'RUNNER',
      method: 'PUT',
      path:
        name === ''
          ? `/runner/v1/attempts/${id}/checkpoint?claim=1&trainingEpoch=1&step=${encoded(step)}`
          : `/runner/v1/attempts/${id}/artifacts/${encoded(name)}?claim=${encoded(step)}`,
      type,
      body,
    }));
  const blobs = oddText.map((digest): RequestInput => ({ by: 'RUNNER', method: 'GET', path: `/runner/v1/blobs/${encoded(digest)}`, type: null, body: null }));
  return fc.oneof({ weight: 6, arbitrary: json }, { weight: 2, arbitrary: stored }, { weight: 1, arbitrary: blobs });
}

/** Whatever anybody may send. */
export const inputs = (schema: GraphQLSchema, known: Known): fc.Arbitrary<Input> =>
  fc.oneof(
    { weight: 6, arbitrary: documents(schema, known) },
    { weight: 1, arbitrary: uploads(known) },
    { weight: 3, arbitrary: runnerProtocol(known) },
    { weight: 1, arbitrary: sockets(schema, known) },
  );
