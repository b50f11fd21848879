import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { RequestContext } from './actor.ts';
import { formatErrors } from './errors.filter.ts';

/** Deep enough for a ticket's runs' attempts' metrics, far too shallow for a cycle of projects and boards. */
const MAX_DEPTH = 9;
/** A field costs 1, a list what it may return; the largest screen of our own costs about a third of this. */
const MAX_COMPLEXITY = 20_000;

const contextOf = (req: FastifyRequest, reply?: FastifyReply): RequestContext => ({ req, reply, actor: req.actor, loaders: new Map() });

function limitComplexity(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): void {
  const complexity = getComplexity({
    schema,
    query: document,
    variables,
    estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
  });
  if (complexity > MAX_COMPLEXITY) {
    throw new GraphQLError(`The query costs ${complexity}, more than ${MAX_COMPLEXITY}: ask for fewer things or fewer fields.`, {
      extensions: { code: 'QUERY_TOO_COMPLEX', params: { complexity, limit: MAX_COMPLEXITY } },
    });
  }
}

/** `complexity` of a list field: its page size times what each item costs. */
export function pageCost(argument: string) {
  return ({ args, childComplexity }: { args: Record<string, unknown>; childComplexity: number }): number => {
    const size = args[argument];
    return 1 + (typeof size === 'number' && size > 0 ? size : 1) * childComplexity;
  };
}

export const graphqlOptions: MercuriusDriverConfig = {
  driver: MercuriusDriver,
  path: '/graphql',
  autoSchemaFile: true,
  sortSchema: true,
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
    preExecution: (schema, document, _context, variables) => limitComplexity(schema, document, variables),
  },
};
