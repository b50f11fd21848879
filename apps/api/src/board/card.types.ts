import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { TicketKind } from '@trainyard/domain';
import { TicketFactsInput, TicketType, TicketKindEnum } from '../ticket/ticket.types.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

@ObjectType('TicketWindow', {
  description:
    "Cards [offset, offset + nodes.length) of a column that holds `total`. `seq` is the position of the project's log they were read at: a client that is ahead or behind replays the events between onto them.",
})
export class TicketWindow {
  @Field(() => Int, { description: 'Cards above the first of `nodes`.' })
  offset: number;
  @Field(() => Int, { description: 'Cards in the column; where a query asks, those of them that match.' })
  total: number;
  @Field(() => Int, { description: 'Cards in the column, whether they match or not.' })
  all: number;
  @Field(() => Int, { description: "Position of the project's log it was read at." })
  seq: number;
  @Field(() => [TicketType], { description: 'The cards, in order.' })
  nodes: TicketType[];
}

@InputType({
  description: 'A new ticket goes to the end of the column unless afterId places it; without a column, to the end of the backlog of the project alone.',
})
export class CreateTicketInput extends TicketFactsInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID, { nullable: true, description: 'Its project. It may be left out where a column is named.' })
  projectId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The column it begins in; null: none.' })
  columnId?: string | null;
  @Field({ description: 'At most 250 characters.' })
  title: string;
  @Field(() => TicketKindEnum, { description: 'What kind of work it is.' })
  type: TicketKind;
  // Nullable although it has a default: the query compiler refuses a required input field that was left to its default.
  @Field(() => String, { nullable: true, defaultValue: '', description: 'Markdown, at most 50,000 characters.' })
  description?: string | null;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'Labels of the project.' })
  labelIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The card it is placed behind; null: the top of the column.' })
  afterId?: string | null;
}
