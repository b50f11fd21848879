import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LIFECYCLE_STAGES, TICKET_TYPES, type LifecycleStage, type TicketType as TicketKind } from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { enumOf } from '../platform/enum.ts';
import { PageInfo } from '../platform/page.types.ts';

export const TicketTypeEnum = enumOf(TICKET_TYPES);
export const LifecycleStageEnum = enumOf(LIFECYCLE_STAGES);
registerEnumType(TicketTypeEnum, { name: 'TicketType', description: 'What kind of work a ticket is.' });
registerEnumType(LifecycleStageEnum, { name: 'LifecycleStage', description: "Where in a model's life the work belongs." });

@ObjectType('Ticket', { description: 'A piece of work: a card on a board.' })
export class TicketType {
  @Field(() => ID)
  id: string;
  @Field({ description: 'Key of the project and number, such as NLP-12.' })
  key: string;
  @Field(() => Int)
  number: number;
  @Field(() => ID)
  projectId: string;
  @Field(() => ID)
  boardId: string;
  @Field(() => ID)
  columnId: string;
  @Field({ description: 'Cards of a column stand in the byte order of their ranks, ties by id.' })
  rank: string;
  @Field(() => TicketTypeEnum)
  type: TicketKind;
  @Field(() => LifecycleStageEnum, { nullable: true })
  stage: LifecycleStage | null;
  @Field()
  title: string;
  @Field(() => Float, { nullable: true })
  points: number | null;
  @Field(() => PersonType, { nullable: true })
  assignee: PersonType | null;
  @Field(() => [ID])
  labelIds: string[];
  @Field(() => Int)
  commentCount: number;
  @Field()
  updatedAt: Date;
  @Field(() => Int, { description: 'Send it back with a change. Moves do not raise it: an edit is not stale because the card was dragged.' })
  version: number;
  latestRunId: string | null;
  // Details: absent on cards of a window or event, and read by a loader when asked for.
  description?: string;
  createdBy?: PersonType | null;
  createdAt?: Date;
}
export type TicketDetails = Required<Pick<TicketType, 'description' | 'createdBy' | 'createdAt'>>;

@ObjectType('TicketWindow', {
  description:
    "Cards [offset, offset + nodes.length) of a column that holds `total`. `seq` is the position of the project's log they were read at: a client that is ahead or behind replays the events between onto them.",
})
export class TicketWindow {
  @Field(() => Int)
  offset: number;
  @Field(() => Int)
  total: number;
  @Field(() => Int)
  seq: number;
  @Field(() => [TicketType])
  nodes: TicketType[];
}

@ObjectType({ description: 'A page of tickets, by number.' })
export class TicketConnection {
  @Field(() => [TicketType])
  nodes: TicketType[];
  @Field(() => Int)
  totalCount: number;
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@InputType({ description: 'A new card goes to the end of the column unless afterId places it.' })
export class CreateTicketInput {
  @Field(() => ID)
  columnId: string;
  @Field({ description: 'At most 250 characters.' })
  title: string;
  @Field(() => TicketTypeEnum)
  type: TicketKind;
  @Field(() => LifecycleStageEnum, { nullable: true })
  stage?: LifecycleStage | null;
  // Nullable although it has a default: the query compiler refuses a required input field that was left to its default.
  @Field(() => String, { nullable: true, defaultValue: '', description: 'Markdown, at most 50,000 characters.' })
  description?: string | null;
  @Field(() => ID, { nullable: true })
  assigneeId?: string | null;
  @Field(() => Float, { nullable: true, description: '0 to 1000 in halves.' })
  points?: number | null;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'Labels of the project.' })
  labelIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The card it is placed behind; null: the top of the column.' })
  afterId?: string | null;
}

@InputType({ description: 'Changes to a ticket; what is left out stays.' })
export class UpdateTicketInput {
  @Field(() => String, { nullable: true })
  title?: string | null;
  @Field(() => TicketTypeEnum, { nullable: true })
  type?: TicketKind | null;
  @Field(() => LifecycleStageEnum, { nullable: true, description: 'Null takes it away.' })
  stage?: LifecycleStage | null;
  @Field(() => String, { nullable: true })
  description?: string | null;
  @Field(() => ID, { nullable: true, description: 'Null: nobody.' })
  assigneeId?: string | null;
  @Field(() => Float, { nullable: true, description: 'Null: not estimated.' })
  points?: number | null;
  @Field(() => [ID], { nullable: true })
  labelIds?: string[] | null;
}
