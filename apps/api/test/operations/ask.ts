import type { FastifyInstance } from 'fastify';
import {
  getNamedType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { TestTrainyard } from '../trainyard.ts';
import type { Asker } from './actors.ts';

export type Variables = Record<string, unknown>;
export type Kind = 'query' | 'mutation' | 'subscription';

export interface Answer {
  /** What the operation answered; undefined where it never came to that. */
  value: unknown;
  error: { code: string; params: Record<string, unknown> } | null;
}

const fastifyOf = ({ app }: TestTrainyard): FastifyInstance => app.getHttpAdapter().getInstance() as unknown as FastifyInstance;

export const schemaOf = (trainyard: TestTrainyard): GraphQLSchema => (fastifyOf(trainyard) as unknown as { graphql: { schema: GraphQLSchema } }).graphql.schema;

/** The fields of Query, Mutation or Subscription, as the running api has them. */
export function fieldsOf(schema: GraphQLSchema, kind: Kind): Record<string, GraphQLField<unknown, unknown>> {
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
  return root?.getFields() ?? {};
}

/** A document that asks for one field with its arguments as variables, and for `part` of what it answers: as little as can be, where nothing is said. */
export function documentFor(schema: GraphQLSchema, kind: Kind, name: string, variables: Variables, part?: string): string {
  const field = fieldsOf(schema, kind)[name];
  if (!field) throw new Error(`the schema has no ${kind} ${name}`);
  const given = field.args.filter((arg) => arg.name in variables);
  const unknown = Object.keys(variables).filter((each) => !given.some((arg) => arg.name === each));
  if (unknown.length > 0) throw new Error(`${kind} ${name} has no argument ${unknown.join(', ')}`);
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = part === undefined ? leastOf(field.type) : ` { ${part} }`;
  return `${kind}${declared && ` (${declared})`} { ${name}${passed && `(${passed})`}${selection} }`;
}

const leastOf = (of: GraphQLOutputType): string => {
  const type = getNamedType(of);
  return isScalarType(type) || isEnumType(type) ? '' : isUnionType(type) ? ' { __typename }' : ` { ${'id' in type.getFields() ? 'id' : '__typename'} }`;
};

/** Each field of what it answers, by itself, that can be asked for without arguments; of a page, and of what such a field answers, theirs. */
export function partsOf(of: GraphQLOutputType, depth = 2): string[] {
  const type = getNamedType(of);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const within = depth > 1 ? partsOf(field.type, depth - 1) : [];
    return within.length > 0 ? within.map((part) => `${field.name} { ${part} }`) : [`${field.name}${leastOf(field.type)}`];
  });
}

/** Asks in this process, past the network: thousands of requests in seconds. */
export async function ask(
  trainyard: TestTrainyard,
  asker: Pick<Asker, 'headers'>,
  kind: Kind,
  name: string,
  variables: Variables,
  part?: string,
): Promise<Answer> {
  const query = documentFor(schemaOf(trainyard), kind, name, variables, part);
  const response = await fastifyOf(trainyard).inject({
    method: 'POST',
    url: '/graphql',
    headers: asker.headers,
    payload: JSON.stringify({ query, variables }),
  });
  const body = response.json<{
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions: Answer['error'] & object }[];
    code?: string;
    params?: Record<string, unknown>;
  }>();
  if (body.code !== undefined) return { value: undefined, error: { code: body.code, params: body.params ?? {} } };
  const [first] = body.errors ?? [];
  // What GraphQL itself says of a document is the fault of a case, not an answer.
  if (first && response.statusCode !== 200) throw new Error(`${name}: ${first.message}`);
  if (first?.extensions.code === 'BAD_INPUT' && Object.keys(first.extensions.params).length === 0) throw new Error(`${name}: ${first.message}`);
  return { value: body.data?.[name], error: first ? { code: first.extensions.code, params: first.extensions.params } : null };
}
