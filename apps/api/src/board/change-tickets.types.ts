import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CHANGE_OUTCOMES, type ChangeOutcome, type Resolution, type TicketState } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { ResolutionEnum, TicketStateEnum, TicketType, UpdateTicketInput } from '../ticket/ticket.types.ts';

export const ChangeOutcomeEnum = enumOf(CHANGE_OUTCOMES);
registerEnumType(ChangeOutcomeEnum, { name: 'ChangeOutcome', description: 'What became of one of many that are changed at once.' });

@InputType({ description: 'A place on a board, or in no column.' })
export class TicketPlaceInput {
  @Field(() => ID, { nullable: true, description: 'Null takes the card off its board.' })
  columnId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The card it comes behind; null: the top of the column.' })
  afterId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The column it was seen in (null: in none). Where it lies elsewhere by now it stays there: CONFLICT.' })
  seenColumnId?: string | null;
}

@InputType({ description: 'A sprint, or none. In one that runs it comes onto its board; what leaves one that runs leaves its board.' })
export class TicketSprintInput {
  @Field(() => ID, { nullable: true, description: 'Null: it is in none then.' })
  sprintId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The sprint it was seen in (null: in none). Where it is in another by now it stays there: CONFLICT.' })
  seenSprintId?: string | null;
}

@InputType({ description: 'A place among all tickets of the project.' })
export class TicketBacklogInput {
  @Field(() => ID, { nullable: true, description: 'The ticket it comes behind; null: the top. One that is gone refuses the whole request.' })
  afterId?: string | null;
  @Field(() => String, { nullable: true, description: 'Back to where this rank belongs, in place of `afterId`.' })
  rank?: string | null;
  @Field(() => String, { nullable: true, description: 'The rank it was seen at. Where it has another by now it stays: CONFLICT.' })
  seenRank?: string | null;
}

@InputType({
  description:
    'How far a ticket is. A card whose column means another state goes to the first column of its board that means this one, in the order they are named.',
})
export class TicketProgressInput {
  @Field(() => TicketStateEnum, { description: 'With a place: what its column means.' })
  state: TicketState;
  @Field(() => ResolutionEnum, { nullable: true, description: 'How it ended; null: as DONE, where it is done.' })
  resolution?: Resolution | null;
  @Field(() => TicketStateEnum, {
    nullable: true,
    description: 'The state it was seen in, with `seenResolution`. Where it is in another by now it stays: CONFLICT.',
  })
  seenState?: TicketState | null;
  @Field(() => ResolutionEnum, { nullable: true, description: 'The resolution it was seen with; it counts with `seenState` alone.' })
  seenResolution?: Resolution | null;
}

@InputType({ description: 'What becomes of one ticket of many.' })
export class TicketChangeInput {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version that was seen. It must be given with values and with a deletion.' })
  version?: number | null;
  @Field(() => UpdateTicketInput, { nullable: true, description: 'What it is set to; what is left out stays.' })
  values?: UpdateTicketInput | null;
  @Field(() => TicketPlaceInput, { nullable: true, description: 'Where it goes; it stays where this is left out.' })
  place?: TicketPlaceInput | null;
  @Field(() => TicketProgressInput, { nullable: true, description: 'How far it is then. Not versioned: what is said last holds.' })
  progress?: TicketProgressInput | null;
  @Field(() => TicketSprintInput, { nullable: true, description: 'The sprint it is in then; with a place: one that fits it. Not versioned.' })
  sprint?: TicketSprintInput | null;
  @Field(() => TicketBacklogInput, { nullable: true, description: 'Where it comes to stand in the backlog. Not versioned: it names its neighbour.' })
  backlog?: TicketBacklogInput | null;
  @Field(() => Boolean, { nullable: true, description: 'True deletes it, false brings it back; alone.' })
  deleted?: boolean | null;
}

@ObjectType({ description: 'What became of one ticket of many, and where it lay before: what undoes the change names these places, last first.' })
export class ChangedTicket {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => ChangeOutcomeEnum, { description: 'UNCHANGED: it was so already.' })
  outcome: ChangeOutcome;
  @Field(() => String, { nullable: true, description: 'Why it was refused, by the catalogue of errors.' })
  code: string | null;
  @Field(() => JSONScalar, { nullable: true, description: 'What that error names.' })
  params: object | null;
  @Field(() => TicketType, { nullable: true, description: 'As it is now; null where it was refused as not there.' })
  ticket: TicketType | null;
  @Field(() => JSONScalar, { description: 'What was set, {field: {from, to}} by the names of inputs: what takes it back sets `from`.' })
  changes: object;
  @Field(() => JSONScalar, {
    description: 'What else became of it: `state`, `resolution`, `sprintId` and `backlogRank`, as far as they changed, {field: {from, to}}.',
  })
  became: object;
  @Field(() => ID, { nullable: true, description: 'The column it lay in.' })
  columnBefore: string | null;
  @Field(() => ID, { nullable: true, description: 'The card it lay behind; null: it lay on top.' })
  afterBefore: string | null;
}
