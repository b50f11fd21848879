import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  LIFECYCLE_STAGES,
  LINK_SIDES,
  PRIORITIES,
  RESOLUTIONS,
  TICKET_STATES,
  TICKET_KINDS,
  type LifecycleStage,
  type LinkSide,
  type Priority,
  type Resolution,
  type TicketState,
  type TicketKind,
} from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { PageInfo } from '../platform/lists/page.types.ts';

export const TicketKindEnum = enumOf(TICKET_KINDS);
export const LifecycleStageEnum = enumOf(LIFECYCLE_STAGES);
export const LinkSideEnum = enumOf(LINK_SIDES);
export const PriorityEnum = enumOf(PRIORITIES);
export const TicketStateEnum = enumOf(TICKET_STATES);
export const ResolutionEnum = enumOf(RESOLUTIONS);
registerEnumType(TicketStateEnum, { name: 'TicketState', description: 'How far a ticket is, wherever it lies.' });
registerEnumType(ResolutionEnum, { name: 'Resolution', description: 'How a ticket that is done ended.' });
registerEnumType(TicketKindEnum, { name: 'TicketType', description: 'What kind of work a ticket is.' });
registerEnumType(LinkSideEnum, { name: 'LinkSide', description: 'What a ticket is to another one.' });
registerEnumType(PriorityEnum, { name: 'Priority', description: 'How urgent work is.' });
registerEnumType(LifecycleStageEnum, { name: 'LifecycleStage', description: "Where in a model's life the work belongs." });

@ObjectType('Ticket', { description: 'A piece of work: a card on a board, or in the backlog alone.' })
export class TicketType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field({ description: 'Key of the project and number, such as NLP-12.' })
  key: string;
  @Field(() => Int, { description: 'Counts within the project and is never used again.' })
  number: number;
  @Field(() => ID, { description: 'The project it belongs to.' })
  projectId: string;
  @Field(() => ID, { nullable: true, description: 'The board it is on; null: in the backlog alone.' })
  boardId: string | null;
  @Field(() => ID, { nullable: true, description: 'The column it is in; null: in the backlog alone.' })
  columnId: string | null;
  @Field(() => String, { nullable: true, description: 'Cards of a column stand in the byte order of their ranks, ties by id. Null: it is in no column.' })
  rank: string | null;
  @Field(() => TicketStateEnum, { description: 'How far it is. The category of a column says it for the cards in it.' })
  state: TicketState;
  @Field(() => ResolutionEnum, { nullable: true, description: 'How it ended; null: it is not done.' })
  resolution: Resolution | null;
  @Field(() => TicketKindEnum, { description: 'What kind of work it is.' })
  type: TicketKind;
  @Field(() => PriorityEnum, { nullable: true, description: 'How urgent it is; null: not said.' })
  priority: Priority | null;
  @Field(() => ID, { nullable: true, description: 'What it is a part of; null: of nothing.' })
  parentId: string | null;
  @Field(() => LifecycleStageEnum, { nullable: true, description: "Where in a model's life it belongs; null: nowhere in particular." })
  stage: LifecycleStage | null;
  @Field({ description: 'One line.' })
  title: string;
  @Field(() => Float, { nullable: true, description: 'Estimate, 0 to 1000 in halves; null: none.' })
  points: number | null;
  @Field(() => Float, { nullable: true, description: 'Estimate of hours on a device, 0 to 100,000 in quarters; null: none.' })
  deviceHours: number | null;
  @Field(() => String, { nullable: true, description: 'The day on which its work begins, such as 2026-01-05; null: not said.' })
  startDate: string | null;
  @Field(() => String, { nullable: true, description: 'The day on which it is to be done; null: not said.' })
  dueDate: string | null;
  @Field(() => PersonType, { nullable: true, description: 'Who does it.' })
  assignee: PersonType | null;
  @Field(() => [ID], { description: 'Labels of the project.' })
  labelIds: string[];
  @Field(() => Int, { description: 'Comments that were not taken back.' })
  commentCount: number;
  @Field(() => Int, { description: 'Files attached to it.' })
  attachmentCount: number;
  @Field(() => Int, { description: 'Send it back with a change. Moves do not raise it: an edit is not stale because the card was dragged.' })
  version: number;
  @Field(() => ID, { nullable: true, description: 'The sprint it is in, planned or running; null: in none.' })
  sprintId: string | null;
  latestRunId: string | null;
  hasBlockers: boolean;
  @Field({ description: 'Since when it lies where it lies.' })
  enteredAt: Date;
  // Details: absent on cards of a window or event, and read by a loader when asked for.
  description?: string;
  createdBy?: PersonType | null;
  createdAt?: Date;
  updatedAt?: Date;
}
export type TicketDetails = Required<Pick<TicketType, 'description' | 'createdBy' | 'createdAt' | 'updatedAt'>>;

@ObjectType({ description: 'A page of tickets.' })
export class TicketConnection {
  @Field(() => [TicketType], { description: 'The tickets of this page.' })
  nodes: TicketType[];
  @Field(() => Int, { description: 'Tickets in all; of a `query` at most 1,000.' })
  totalCount: number;
  @Field({ description: 'There are more than `totalCount` says.' })
  totalCountIsCapped: boolean;
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo: PageInfo;
}

@ObjectType('TicketLink', { description: 'What a ticket is to another one, which the reader may read.' })
export class TicketLinkType {
  @Field(() => LinkSideEnum, { description: 'What this ticket is to the other.' })
  side: LinkSide;
  @Field(() => TicketType, { description: 'The other ticket.' })
  ticket: TicketType;
}

@ObjectType({ description: 'How far a ticket is by its children.' })
export class FamilyProgressType {
  @Field(() => Int, { description: 'Its children, without those that ended as cancelled or duplicates.' })
  children: number;
  @Field(() => Int, { description: 'Those of them that are done.' })
  done: number;
  @Field(() => Float, { description: 'Points of the children that count.' })
  points: number;
  @Field(() => Float, { description: 'Points of those that are done.' })
  pointsDone: number;
  @Field(() => Int, { description: 'Children that ended as cancelled or duplicates.' })
  dropped: number;
}

/** What is set alike when a ticket is made and when it changes. */
@InputType({ isAbstract: true })
export abstract class TicketFactsInput {
  @Field(() => LifecycleStageEnum, { nullable: true, description: "Where in a model's life it belongs; null: nowhere in particular." })
  stage?: LifecycleStage | null;
  @Field(() => ID, { nullable: true, description: 'Somebody who can read the project; null: nobody.' })
  assigneeId?: string | null;
  @Field(() => Float, { nullable: true, description: '0 to 1000 in halves; null: not estimated.' })
  points?: number | null;
  @Field(() => PriorityEnum, { nullable: true, description: 'How urgent it is; null: not said.' })
  priority?: Priority | null;
  @Field(() => ID, {
    nullable: true,
    description: 'A ticket of the project, one level above: epics hold stories and other work, and these hold sub-tasks. Null: none.',
  })
  parentId?: string | null;
  @Field(() => Float, { nullable: true, description: 'Hours on a device, 0 to 100,000 in quarters; null: not estimated.' })
  deviceHours?: number | null;
  @Field(() => String, { nullable: true, description: 'A day such as 2026-01-05, not after `dueDate`; null: not said.' })
  startDate?: string | null;
  @Field(() => String, { nullable: true, description: 'A day such as 2026-01-05; null: not said.' })
  dueDate?: string | null;
}

@InputType({ description: 'Changes to a ticket; what is left out stays.' })
export class UpdateTicketInput extends TicketFactsInput {
  @Field(() => String, { nullable: true, description: 'At most 250 characters.' })
  title?: string | null;
  @Field(() => TicketKindEnum, { nullable: true, description: 'What kind of work it is.' })
  type?: TicketKind | null;
  @Field(() => String, { nullable: true, description: 'Markdown, at most 50,000 characters.' })
  description?: string | null;
  @Field(() => [ID], { nullable: true, description: 'All labels it has then, of the project.' })
  labelIds?: string[] | null;
}
