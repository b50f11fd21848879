import { Args } from '@nestjs/graphql';

const nullable = { type: () => String, nullable: true } as const;

/** What is asked for, in the language of lists. */
export const QueryArg = (): ParameterDecorator =>
  Args('query', { ...nullable, description: 'In the language of lists: `state:open assignee:me sort:-updated`.' });
/** Where the days of a query are those of. */
export const TimeZoneArg = (): ParameterDecorator =>
  Args('timeZone', { ...nullable, description: 'Zone of the days in `query`, such as Europe/Berlin; UTC where it is left out.' });
