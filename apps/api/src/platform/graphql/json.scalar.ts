import { GraphQLScalarType } from 'graphql';

/** Any JSON value, as it is. Output only: no argument of ours takes it. */
export const JSONScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value: unknown): unknown => value,
});
