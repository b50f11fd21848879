import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  BOARD_KINDS,
  COLUMN_CATEGORIES,
  LABEL_COLORS,
  WIP_POLICIES,
  type BoardKind,
  type ColumnCategory,
  type LabelColor,
  type WipPolicy,
} from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import type { ProjectType } from './project.types.ts';

export const BoardKindEnum = enumOf(BOARD_KINDS);
export const ColumnCategoryEnum = enumOf(COLUMN_CATEGORIES);
export const WipPolicyEnum = enumOf(WIP_POLICIES);
export const LabelColorEnum = enumOf(LABEL_COLORS);
registerEnumType(BoardKindEnum, { name: 'BoardKind', description: 'How work flows over the board.' });
registerEnumType(ColumnCategoryEnum, { name: 'ColumnCategory', description: 'What a column means for flow: work waits, is under way, is finished.' });
registerEnumType(WipPolicyEnum, { name: 'WipPolicy', description: 'Over the limit a column only warns, or refuses cards moved into it.' });
registerEnumType(LabelColorEnum, { name: 'LabelColor', description: 'Named, so that each theme chooses its own shade.' });

@ObjectType('Board', { description: 'Columns of tickets.' })
export class BoardType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  projectId: string;
  /** Set where it was read together with the board. */
  project?: ProjectType;
  @Field({ description: 'As people call it.' })
  name: string;
  @Field(() => BoardKindEnum, { description: 'How work flows over it.' })
  kind: BoardKind;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  /** Set where they were read together with the board. */
  columns?: ColumnType[];
}

@ObjectType('Column', { description: 'A step of the work; its cards are read by window.' })
export class ColumnType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  boardId: string;
  @Field({ description: 'As people call it.' })
  name: string;
  @Field(() => ColumnCategoryEnum, { description: 'What the column means for flow.' })
  category: ColumnCategory;
  @Field(() => Int, { nullable: true, description: 'How many cards it should hold at most; null: no limit.' })
  wipLimit: number | null;
  @Field(() => WipPolicyEnum, { description: 'What happens over the limit.' })
  wipPolicy: WipPolicy;
  @Field({ description: 'Columns stand in the byte order of their ranks.' })
  rank: string;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  @Field(() => Int, { description: 'Cards in it now.' })
  ticketCount: number;
}

@ObjectType('Label', { description: 'A word that marks tickets of a project.' })
export class LabelType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field({ description: 'Once in a project, whatever its case.' })
  name: string;
  @Field(() => LabelColorEnum, { description: 'A named colour.' })
  color: LabelColor;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@InputType({ description: 'Changes to a column; what is left out stays.' })
export class UpdateColumnInput {
  @Field(() => String, { nullable: true, description: 'At most 60 characters.' })
  name?: string | null;
  @Field(() => ColumnCategoryEnum, { nullable: true, description: 'What the column means for flow.' })
  category?: ColumnCategory | null;
  @Field(() => Int, { nullable: true, description: 'Null: no limit.' })
  wipLimit?: number | null;
  @Field(() => WipPolicyEnum, { nullable: true, description: 'What happens over the limit.' })
  wipPolicy?: WipPolicy | null;
  @Field(() => ID, { nullable: true, description: 'Place it behind this column; null: first.' })
  afterId?: string | null;
}

@InputType({ description: 'Changes to a label; what is left out stays.' })
export class UpdateLabelInput {
  @Field(() => String, { nullable: true, description: 'At most 40 characters.' })
  name?: string | null;
  @Field(() => LabelColorEnum, { nullable: true, description: 'A named colour.' })
  color?: LabelColor | null;
}
