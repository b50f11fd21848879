import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { BACKLOG_GROUPS } from '@trainyard/domain';
import { TicketType } from '../ticket/ticket.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';

export const BacklogGroupEnum = enumOf(BACKLOG_GROUPS);
registerEnumType(BacklogGroupEnum, {
  name: 'BacklogGroup',
  description: 'What the tickets of a backlog are grouped by. What is part of a part of an epic is of that epic.',
});

@ObjectType('BacklogSums', { description: 'Tickets of a backlog that have one thing in common, counted.' })
export class BacklogSumsType {
  @Field(() => ID, { nullable: true, description: 'Id of the sprint, epic or person; null: they have none.' })
  key: string | null;
  @Field(() => String, { nullable: true, description: 'Its name, or title.' })
  name: string | null;
  @Field(() => String, { nullable: true, description: 'Of an epic.' })
  ticketKey: string | null;
  @Field(() => Int, { description: 'All of them.' })
  tickets: number;
  @Field(() => Float, { description: 'Of those that count and have an estimate.' })
  points: number;
  @Field(() => Int, { description: 'Those that count and have no estimate in points.' })
  unestimated: number;
  @Field(() => Float, { description: 'Of those that count and have an estimate.' })
  deviceHours: number;
}

@ObjectType('BacklogWindow', { description: 'Tickets [offset, offset + nodes.length) of the order of a project, of those that a query asks for.' })
export class BacklogWindow {
  @Field(() => Int, { description: 'Tickets before the first of `nodes`.' })
  offset: number;
  @Field(() => [TicketType], { description: 'In their order.' })
  nodes: TicketType[];
  /** All that the query asks for. */
  counted: () => Promise<number>;
}
