import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** A day, alone or with a time of day and its distance from UTC. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/** JavaScript takes the 30th of February for the 2nd of March, and a number for milliseconds: a date that does not exist is refused instead. */
function momentOf(value: unknown): Date {
  const day = typeof value === 'string' ? MOMENT.exec(value)?.[1] : undefined;
  const start = new Date(`${day}T00:00:00Z`);
  if (day === undefined || Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day)
    throw new GraphQLError('This is no date and time as 2026-11-28T09:54:33Z.');
  return new Date(value as string);
}

export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A date-time string at UTC, such as 2019-12-03T09:54:33Z, compliant with the date-time format.',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: momentOf,
  parseLiteral: (node) => momentOf(node.kind === Kind.STRING ? node.value : null),
});
