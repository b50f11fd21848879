import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'An item of a definition of done.' })
export class ColumnCheck {
  @Field(() => ID)
  id: string;
  @Field()
  text: string;
}

@ObjectType({ description: 'What a column asks of tickets that come into it.' })
export class ColumnPolicy {
  @Field(() => [String], { description: 'Fields that must be filled, by their names in inputs.' })
  requiredFields: string[];
  @Field(() => [ColumnCheck], { description: 'Its definition of done, in order.' })
  checks: ColumnCheck[];
}

@InputType({ description: 'An item of a definition of done; one without an id is new.' })
export class ColumnCheckInput {
  @Field(() => ID, { nullable: true, description: 'Of one that stays, with its ticks.' })
  id?: string | null;
  @Field({ description: 'At most 200 characters.' })
  text: string;
}

@ObjectType({ description: 'An item of a definition of done, as it stands for a ticket.' })
export class TicketCheck {
  @Field(() => ID)
  id: string;
  @Field()
  text: string;
  @Field()
  done: boolean;
  @Field(() => String, { nullable: true, description: 'Who ticked it.' })
  by: string | null;
}

@ObjectType({ description: 'What a column ahead of a ticket asks of it.' })
export class TicketGate {
  @Field(() => ID)
  columnId: string;
  @Field()
  column: string;
  @Field(() => [String], { description: 'Required fields that it has nothing in.' })
  missingFields: string[];
  @Field(() => [TicketCheck])
  checks: TicketCheck[];
}
