import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { UpdateTicketInput, TicketType } from '../ticket/ticket.types.ts';

@InputType({ description: 'A place on a board, or in no column.' })
export class TicketPlaceInput {
  @Field(() => ID, { nullable: true, description: 'Null takes the card off its board.' })
  columnId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The card it comes behind; null: the top of the column.' })
  afterId?: string | null;
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

@ObjectType({ description: 'A ticket that was changed, and where it lay before: what undoes the change names these places, last first.' })
export class ChangedTicket {
  @Field(() => TicketType, { description: 'As it is now.' })
  ticket: TicketType;
  @Field(() => ID, { nullable: true, description: 'The column it lay in.' })
  columnBefore: string | null;
  @Field(() => ID, { nullable: true, description: 'The card it lay behind; null: it lay on top.' })
  afterBefore: string | null;
}
