import type { Actor } from '@trainyard/domain';
import { createHash } from 'node:crypto';
import { Kind, Location, OperationTypeNode, parse, validate, type DocumentNode, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { documentCost, type DocumentCost } from './document-cost.ts';
import { DomainError } from '../domain-error.ts';

/** Characters of a document: with a whole description written into it. */
export const MAX_DOCUMENT = 64_000;
/** Of a message over a socket: a document, at worst three bytes a character, and what names it. */
export const MAX_MESSAGE_BYTES = 4 * MAX_DOCUMENT;
/** Names and signs of a document. The largest of our own has 180; a text is one, however long. What is kept of a document grows with it. */
export const MAX_TOKENS = 5_000;
/** Documents kept parsed and compiled: our screens have 84. The driver keeps up to twice as many, and as many that were refused. */
export const DOCUMENTS_KEPT = 100;
/** Characters of a document that is kept: the largest of our screens' has 2,200. What is compiled of 60,000 would be 2 MB. */
export const KEPT_DOCUMENT = 4_000;
/** Of what is wrong with a document: each fault that is told holds a trace. */
export const FAULTS_TOLD = 10;
/** Validation compares every two fields of one name, and every two fragments: these bound that work. Nobody writes a field twice. */
const MAX_REPEATED_FIELDS = 20;
const MAX_FRAGMENTS = 50;
/** Brackets within brackets: a document of more is refused before a parser that calls itself for each runs out of stack. */
const MAX_NESTING = 100;

/** Deep enough for a ticket's runs' attempts' metrics, far too shallow for a cycle of projects and boards. */
const MAX_DEPTH = 9;
/** The largest screen of our own costs about a quarter of this. */
const MAX_COST = 20_000;

/** What somebody may ask who is not signed in: to sign in, or to set up. Their documents are small, and nothing else is looked at. */
export const PUBLIC_FIELDS: ReadonlySet<string> = new Set(['setup', 'setUp', 'signIn']);
export const STRANGERS_MAX_BODY = 16_000;
const STRANGERS_MAX_DOCUMENT = 4_000;
const STRANGERS_MAX_FIELDS = 3;
const STRANGERS_MAX_COST = 1_500;

const tooComplex = (message: string, params: Record<string, number>): DomainError => new DomainError('QUERY_TOO_COMPLEX', params, message);
const signInFirst = (): DomainError => new DomainError('UNAUTHENTICATED', {}, 'Sign in first: without a sign-in only that is answered, in a small document.');

/** Before a document is parsed. */
export function limitLength(source: string, actor: Actor | null): void {
  if (source.length > MAX_DOCUMENT) {
    throw tooComplex(`The document has ${source.length} characters, more than ${MAX_DOCUMENT}: send texts as variables.`, {
      length: source.length,
      limit: MAX_DOCUMENT,
    });
  }
  if (!actor && source.length > STRANGERS_MAX_DOCUMENT) throw signInFirst();
  const depth = nestingOf(source);
  if (depth > MAX_NESTING)
    throw new DomainError('QUERY_TOO_DEEP', { depth, limit: MAX_NESTING }, `The document has ${depth} levels of brackets, more than ${MAX_NESTING}.`);
}

/**
 * Texts and comments, whose brackets do not count, and brackets. A text that nobody closes goes on to the end: looked for anew at
 * each of its quotes, the end would cost the square of the length.
 */
const BRACKETS = /"{3}(?:\\"{3}|[^])*?(?:"{3}|$)|"(?:\\.|[^"\\\n])*"?|#.*|[[{(]|[\])}]/g;

/** How deep brackets stand within brackets. */
function nestingOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of source.matchAll(BRACKETS)) {
    if ('[{('.includes(sign)) deepest = Math.max(deepest, (depth += 1));
    else if ('])}'.includes(sign)) depth -= 1;
  }
  return deepest;
}

/** Before a document is validated: whether it is one that may be looked at closer. */
export function limitShape(document: DocumentNode | null, actor: Actor | null): void {
  // The driver takes JSON for a document that is parsed already; only what was read from GraphQL knows where it was read.
  if (!(document?.loc instanceof Location)) throw new DomainError('BAD_INPUT', { reason: 'DOCUMENT' }, 'The query is no GraphQL document.');
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  if (fragments > MAX_FRAGMENTS) throw tooComplex(`The document has ${fragments} fragments, more than ${MAX_FRAGMENTS}.`, { fragments, limit: MAX_FRAGMENTS });
  const repeated = document.definitions.reduce(
    (sum, definition) => sum + ('selectionSet' in definition ? repeatedIn(definition.selectionSet, new Set()) : 0),
    0,
  );
  if (repeated > MAX_REPEATED_FIELDS)
    throw tooComplex(`${repeated} fields are asked for again beside themselves, more than ${MAX_REPEATED_FIELDS}.`, { repeated, limit: MAX_REPEATED_FIELDS });
  if (!actor && !isForStrangers(document)) throw signInFirst();
}

/** Parses and validates a document within its limits; what is wrong with it is thrown. */
export function readDocument(schema: GraphQLSchema, source: string, actor: Actor | null): DocumentNode {
  limitLength(source, actor);
  const document = parse(source, { maxTokens: MAX_TOKENS });
  limitShape(document, actor);
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw fault;
  return document;
}

/** Other sites can have a visitor's browser send a GET: none of its operations may change anything, whichever is named. */
export function limitGet(document: DocumentNode): void {
  if (document.definitions.every((one) => one.kind !== Kind.OPERATION_DEFINITION || one.operation === OperationTypeNode.QUERY)) return;
  throw new DomainError('BAD_INPUT', { field: 'query', reason: 'METHOD' }, 'By GET only queries are answered: send everything else by POST.');
}

/** Before an operation is run. The answer to the same document with the same sizes is remembered. */
export function limitCost(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>, actor: Actor | null): void {
  // A document that was looked at for somebody signed in is kept, and comes here at once.
  if (!actor && !isForStrangers(document)) throw signInFirst();
  const { cost, depth } = knownCost(schema, document, variables);
  if (depth > MAX_DEPTH)
    throw new DomainError('QUERY_TOO_DEEP', { depth, limit: MAX_DEPTH }, `The query has ${depth} levels of fields, more than ${MAX_DEPTH}.`);
  const limit = actor ? MAX_COST : STRANGERS_MAX_COST;
  if (cost > limit) throw tooComplex(`The query costs ${cost}, more than ${limit}: ask for fewer things or fewer fields.`, { complexity: cost, limit });
}

/** How often a selection set names a field that it has named already, in itself and in all beneath. */
function repeatedIn({ selections }: SelectionSetNode, named: Set<string>): number {
  let repeated = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      if (named.has(name)) repeated += 1;
      named.add(name);
      if (selection.selectionSet) repeated += repeatedIn(selection.selectionSet, new Set());
    } else if (selection.kind === Kind.INLINE_FRAGMENT) repeated += repeatedIn(selection.selectionSet, named);
  }
  return repeated;
}

/** Whether every operation asks for public fields only, named one by one: a fragment could hide others. */
function isForStrangers({ definitions }: DocumentNode): boolean {
  return definitions.every(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ||
      (definition.kind === Kind.OPERATION_DEFINITION &&
        definition.selectionSet.selections.length <= STRANGERS_MAX_FIELDS &&
        definition.selectionSet.selections.every((one) => one.kind === Kind.FIELD && (PUBLIC_FIELDS.has(one.name.value) || one.name.value === '__typename'))),
  );
}

/** What documents cost, by the variables that decide it; kept as long as the document is. */
interface KnownCosts {
  variables: readonly string[];
  byValues: Map<string, DocumentCost>;
}
const costs = new WeakMap<DocumentNode, KnownCosts>();
const COSTS_KEPT = 100;
/** Of page sizes and conditions, written out; more are kept as their hash. */
const PLAIN_KEY = 200;

/**
 * The page sizes and conditions among the variables the document names. What ids and texts say costs nothing, but their type counts:
 * where a text stands for a page size, the document costs little and is refused, and must not be cheap for whoever sends a number.
 */
function deciding(names: readonly string[], variables: Record<string, unknown>): string {
  const key = JSON.stringify(names.map((name) => decidingPart(variables[name])));
  return key.length <= PLAIN_KEY ? key : createHash('sha256').update(key).digest('base64');
}

const decidingPart = (value: unknown): unknown => {
  // how many are asked for decides what they cost
  if (Array.isArray(value)) return [value.length];
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : typeof value;
};

const variablesOf = ({ definitions }: DocumentNode): string[] => [
  ...new Set(
    definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []).map(({ variable }) => variable.name.value) : [])),
  ),
];

function knownCost(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): DocumentCost {
  let known = costs.get(document);
  if (!known) costs.set(document, (known = { variables: variablesOf(document), byValues: new Map() }));
  if (known.byValues.size >= COSTS_KEPT) known.byValues.clear();
  const key = deciding(known.variables, variables);
  let cost = known.byValues.get(key);
  if (!cost) known.byValues.set(key, (cost = documentCost(schema, document, variables)));
  return cost;
}
