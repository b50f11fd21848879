import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { MercuriusDriver } from '@nestjs/mercurius';
import { isObjectType, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../actor.ts';
import { countLists } from '../http/allowance.ts';
import { DateTimeScalar } from './date-time.scalar.ts';
import { DOCUMENTS_KEPT, FAULTS_TOLD, limitCost, limitGet, limitLength, limitShape, MAX_TOKENS } from './document-limits.ts';
import { formatErrors } from '../http/errors.filter.ts';

/** Nest gives each field a function that only reads the property of that name. Without it the compiler reads the property in place. */
export function withoutPropertyReaders(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve?.name === 'rootFieldResolver') field.resolve = undefined;
  }
  return schema;
}

/** Before an operation of a request is run. Variables are absent where it sends none. */
export function limitOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { req, actor }: RequestContext,
  variables?: Record<string, unknown> | null,
): void {
  if (req.method === 'GET') limitGet(document);
  limitCost(schema, document, variables ?? {}, actor);
}

/** The driver parses, validates, compiles and runs; requests and sockets are ours (graphql-http.ts, graphql-socket.ts). */
export const graphqlOptions: MercuriusDriverConfig = {
  driver: MercuriusDriver,
  routes: false,
  autoSchemaFile: true,
  // Nest would ask the whole schema about itself at every start, to find faults that the driver finds when it validates the first document.
  buildSchemaOptions: { skipCheck: true, scalarsMap: [{ type: Date, scalar: DateTimeScalar }] },
  sortSchema: true,
  transformSchema: (schema) => countLists(withoutPropertyReaders(schema)),
  jit: 1,
  cache: DOCUMENTS_KEPT,
  graphql: { parseOptions: { maxTokens: MAX_TOKENS }, validateOptions: { maxErrors: FAULTS_TOLD } },
  errorFormatter: formatErrors as never,
  hooks: {
    preParsing: (_schema, source, context) => limitLength(source, (context as unknown as RequestContext).actor),
    preValidation: (_schema, document, context) => limitShape(document, (context as unknown as RequestContext).actor),
    preExecution: (schema, document, context, variables?: Record<string, unknown> | null) =>
      limitOperation(schema, document, context as unknown as RequestContext, variables),
  },
};
