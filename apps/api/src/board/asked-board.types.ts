import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LANE_FIELDS, type LaneField } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';

export const LaneFieldEnum = enumOf(LANE_FIELDS);
registerEnumType(LaneFieldEnum, { name: 'LaneField', description: 'What the cards of a board may be grouped by. Of several labels the first counts.' });

@ObjectType('LaneColumn', { description: 'What a lane has in one column. A column without any is left out.' })
export class LaneColumnType {
  @Field(() => ID)
  columnId: string;
  @Field(() => Int, { description: 'Cards that match.' })
  total: number;
  @Field(() => Float, { description: 'Their points; a card without an estimate has none.' })
  points: number;
}

@ObjectType('Lane', { description: 'Cards of a board that have one thing in common.' })
export class LaneType {
  @Field(() => String, { nullable: true, description: 'Id of the person or label, or the stage; null: they have none.' })
  key: string | null;
  @Field(() => String, { nullable: true, description: 'Of the person or label.' })
  name: string | null;
  @Field(() => Int, { description: 'Cards that match, in all columns.' })
  total: number;
  @Field(() => [LaneColumnType])
  columns: LaneColumnType[];
  @Field(() => Int, { description: 'Position of the log at which it was counted.' })
  seq: number;
}

@ObjectType('CardMatch', { description: 'Where a card lies, and whether a query asks for it.' })
export class CardMatchType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  columnId: string;
  @Field()
  rank: string;
  @Field()
  matches: boolean;
  @Field(() => String, { nullable: true, description: 'The lane it lies in; null where it has none, or none was asked for.' })
  lane: string | null;
}

@InputType({ description: 'A lane of a board.' })
export class LaneInput {
  @Field(() => LaneFieldEnum, { description: 'What the cards are grouped by.' })
  by: LaneField;
  @Field(() => String, { nullable: true, description: 'Its key; null: that of those that have none.' })
  lane?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'By LABEL: all labels it has then, the first of which is the lane. Undo names them; else only the first gives way.',
  })
  labelIds?: string[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'What the ticket had of it when this was decided: its person, its first label (with `labelIds` all of them), its stage; empty: none. STALE_VERSION where it has something else by now. Left out: whatever it has.',
  })
  seen?: string[] | null;
}
