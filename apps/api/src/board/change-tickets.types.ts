import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CHANGE_OUTCOMES, type ChangeOutcome } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { UpdateTicketInput, TicketType } from '../ticket/ticket.types.ts';

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
  @Field(() => Boolean, { nullable: true, description: 'True deletes it, false brings it back; alone, without values and place.' })
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
  @Field(() => ID, { nullable: true, description: 'The column it lay in.' })
  columnBefore: string | null;
  @Field(() => ID, { nullable: true, description: 'The card it lay behind; null: it lay on top.' })
  afterBefore: string | null;
}
