import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getNamedType, GraphQLError, isEnumType, isObjectType, Kind, TypeInfo, visit, visitWithTypeInfo, type ConstValueNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { RequestContext } from './actor.ts';
import { DomainError } from './domain-error.ts';
import { formatErrors } from './errors.filter.ts';

/** Deep enough for a ticket's runs' attempts' metrics, far too shallow for a cycle of projects and boards. */
const MAX_DEPTH = 9;
/** A field costs 1, a list what it may return; the largest screen of our own costs about a quarter of this. */
const MAX_COMPLEXITY = 20_000;

/** Characters of a document: with a whole description written into it. Looking at a longer one, before anybody is asked who they are, takes seconds. */
const MAX_DOCUMENT = 64_000;
/** Of a message over a socket: a document, at worst three bytes a character, and what names it. */
export const MAX_MESSAGE_BYTES = 4 * MAX_DOCUMENT;

const contextOf = (req: FastifyRequest, reply?: FastifyReply): RequestContext => ({ req, reply, actor: req.actor, loaders: new Map() });

/** What documents cost, by the variables that decide it. The driver keeps a document as long as it keeps it parsed. */
const costs = new WeakMap<DocumentNode, Map<string, number>>();
const COSTS_KEPT = 100;
const ESTIMATORS = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];

/** The page sizes and conditions among the variables: ids and texts change with every request and cost nothing. */
const deciding = (variables: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(variables).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'));

function complexityOf(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): number {
  let known = costs.get(document);
  if (!known || known.size >= COSTS_KEPT) costs.set(document, (known = new Map<string, number>()));
  const key = deciding(variables);
  let complexity = known.get(key);
  if (complexity === undefined) {
    complexity = getComplexity({ schema, query: document, variables, estimators: ESTIMATORS });
    known.set(key, complexity);
  }
  return complexity;
}

/** Throws QUERY_TOO_COMPLEX for what asks too much. */
export function limitComplexity(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): void {
  const complexity = complexityOf(schema, document, variables);
  if (complexity > MAX_COMPLEXITY) {
    throw new GraphQLError(`The query costs ${complexity}, more than ${MAX_COMPLEXITY}: ask for fewer things or fewer fields.`, {
      extensions: { code: 'QUERY_TOO_COMPLEX', params: { complexity, limit: MAX_COMPLEXITY } },
    });
  }
}

/** Throws QUERY_TOO_COMPLEX before a document that is too long is looked at. */
function limitLength(_schema: GraphQLSchema, source: string): void {
  if (source.length <= MAX_DOCUMENT) return;
  throw new GraphQLError(`The document has ${source.length} characters, more than ${MAX_DOCUMENT}: send texts as variables.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX', params: { length: source.length, limit: MAX_DOCUMENT } },
  });
}

/**
 * Refuses a body that is no request as GraphQL over HTTP has them. The driver takes whatever is no text for a document
 * that is parsed already, and fails over it as if the fault were ours.
 */
export function refuseMisshapenRequests(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const misshapen = request.method === 'POST' && request.routeOptions.url === '/graphql' ? misshapenField(request.body) : undefined;
    done(misshapen === undefined ? undefined : new DomainError('BAD_INPUT', { field: misshapen }, `This is no GraphQL request: look at its ${misshapen}.`));
  });
}

function misshapenField(body: unknown): string | undefined {
  if (!isObject(body)) return 'body';
  if (typeof body.query !== 'string') return 'query';
  if (body.variables != null && !isObject(body.variables)) return 'variables';
  if (body.operationName != null && typeof body.operationName !== 'string') return 'operationName';
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What costs most where a variable stands: a subscription's hook is not told the variables. */
function costliest(types: TypeInfo): ConstValueNode {
  const type = getNamedType(types.getInputType());
  if (type?.name === 'Int' || type?.name === 'Float') return { kind: Kind.INT, value: '100' };
  if (type?.name === 'Boolean') return { kind: Kind.BOOLEAN, value: types.getDirective()?.name !== 'skip' };
  if (isEnumType(type)) return { kind: Kind.ENUM, value: type.getValues()[0]?.name ?? '' };
  return { kind: Kind.STRING, value: '' };
}

function withoutVariables(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(document, visitWithTypeInfo(types, { VariableDefinition: () => null, Variable: () => costliest(types) }));
}

/** `complexity` of a list field: its page size times what each item costs; `share` is less than 1 where items are no more than numbers. */
export function pageCost(argument: string, share = 1) {
  return ({ args, childComplexity }: { args: Record<string, unknown>; childComplexity: number }): number => {
    const size = args[argument];
    return 1 + (typeof size === 'number' && size > 0 ? Math.ceil(size * share) : 1) * childComplexity;
  };
}

/** `complexity` of a list that is given whole: how many items there usually are times what each costs. */
export function listCost(usually: number) {
  return ({ childComplexity }: { childComplexity: number }): number => 1 + usually * childComplexity;
}

/** Nest gives each field a function that only reads the property of that name. Without it the compiler reads the property in place. */
export function withoutPropertyReaders(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve?.name === 'rootFieldResolver') field.resolve = undefined;
  }
  return schema;
}

export const graphqlOptions: MercuriusDriverConfig = {
  driver: MercuriusDriver,
  path: '/graphql',
  autoSchemaFile: true,
  sortSchema: true,
  transformSchema: withoutPropertyReaders,
  jit: 1,
  queryDepth: MAX_DEPTH,
  graphiql: false,
  errorFormatter: formatErrors as never,
  context: contextOf as never,
  subscription: {
    fullWsTransport: false,
    keepAlive: 15_000,
    context: (_socket, req) => contextOf(req) as never,
  },
  hooks: {
    preParsing: limitLength,
    preSubscriptionParsing: limitLength,
    // Absent where a request sends none, whatever the type says.
    preExecution: (schema, document, _context, variables?: Record<string, unknown> | null) => limitComplexity(schema, document, variables ?? {}),
    preSubscriptionExecution: (schema, document) => limitComplexity(schema, withoutVariables(schema, document), {}),
  },
};
