import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ACTIONS, ENTITY_KINDS, type Action, type Changes, type EntityKind } from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import type { Thing } from './live-things.ts';

export const EntityKindEnum = enumOf(ENTITY_KINDS);
export const ActivityActionEnum = enumOf(ACTIONS);
registerEnumType(EntityKindEnum, { name: 'EntityKind', description: 'What the log speaks of.' });
registerEnumType(ActivityActionEnum, {
  name: 'ActivityAction',
  description: 'What happened to it. RERANKED: cards of a column got new ranks in the same order.',
});

@ObjectType('Activity', { description: 'One row of the append-only log.' })
export class ActivityType {
  @Field(() => ID, { description: 'The project (or organisation) whose log it is in.' })
  scope: string;
  @Field(() => Int, { description: 'Position in that log; follows the order of commits.' })
  seq: number;
  @Field(() => EntityKindEnum, { description: 'What kind of thing it speaks of.' })
  entity: EntityKind;
  @Field(() => ID, { description: 'Which one.' })
  entityId: string;
  @Field(() => ID, { nullable: true, description: 'The ticket it belongs to.' })
  ticketId: string | null;
  @Field(() => ActivityActionEnum, { description: 'What happened to it.' })
  action: Action;
  @Field(() => JSONScalar, { description: '{field: {from, to}}.' })
  changes: Changes;
  @Field(() => PersonType, { nullable: true, description: 'Null: the system.' })
  actor: PersonType | null;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => Int, { nullable: true, description: 'The row of the same log that led a rule to write this one.' })
  causedBy: number | null;
  @Field(() => Int, { description: 'How many rules led to it; 0: none did, or what a rule did is taken back.' })
  depth: number;
  @Field(() => ID, { nullable: true, description: 'The firing of a rule that wrote it, or that it takes back.' })
  firingId: string | null;
}

@ObjectType({ description: 'A page of the log, newest first.' })
export class ActivityConnection {
  @Field(() => [ActivityType], { description: 'The rows of this page.' })
  nodes: ActivityType[];
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo: PageInfo;
}

@ObjectType('ProjectEvents', {
  description: `What happened in a project since a position, in order, with the things as they are now (each once).
CREATED, MOVED and DELETED events of a ticket (a restored one is CREATED) carry changes.columnId and changes.rank {from, to},
both even where the column stays, null where the card was not or is no longer on the board: the client places the card by them.
A change of over 1,000 letters is {long: true} here: what it says is in the history, and the thing itself.
\`reset\` is true where what happened is not told: it was too much, at once or while one was away. Read again what you show.`,
})
export class ProjectEventsType {
  @Field(() => Int, { description: 'The position reached: resume with it.' })
  seq: number;
  @Field({ description: 'True: what happened until `seq` is not told. Read again what you show, and go on from `seq`.' })
  reset: boolean;
  @Field(() => [ActivityType], { complexity: listCost(50), description: 'What happened, in order.' })
  activities: ActivityType[];
  /** By field of this type: what each room brings along (live-things.ts). */
  things: Record<string, Thing[]>;
}
