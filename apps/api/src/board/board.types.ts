import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { BOARD_KINDS, COLUMN_CATEGORIES, WIP_POLICIES, type BoardKind, type ProjectVisibility, type ColumnCategory, type WipPolicy } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { ProjectVisibilityEnum, type ProjectType } from '../project/project.types.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const BoardKindEnum = enumOf(BOARD_KINDS);
export const ColumnCategoryEnum = enumOf(COLUMN_CATEGORIES);
export const WipPolicyEnum = enumOf(WIP_POLICIES);
registerEnumType(BoardKindEnum, { name: 'BoardKind', description: 'How work flows over the board.' });
registerEnumType(ColumnCategoryEnum, { name: 'ColumnCategory', description: 'What a column means for flow: work waits, is under way, is finished.' });
registerEnumType(WipPolicyEnum, { name: 'WipPolicy', description: 'Over the limit a column only warns, or refuses cards moved into it.' });

/** A project, with its boards where they were read together. */
export type ProjectWithBoards = ProjectType & { boards?: BoardType[] };

@ObjectType('Board', { description: 'Columns of tickets.' })
export class BoardType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  projectId: string;
  /** Set where it was read together with the board. */
  project?: ProjectWithBoards;
  @Field({ description: 'As people call it.' })
  name: string;
  @Field(() => BoardKindEnum, { description: 'How work flows over it.' })
  kind: BoardKind;
  @Field({ description: 'Its tickets keep their places; nothing is moved or made there, and lists leave it out.' })
  archived: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  /** Set where they were read together with the board. */
  columns?: ColumnType[];
}

@InputType({ description: 'Changes to a board; what is left out stays.' })
export class UpdateBoardInput {
  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: 'Place it behind this board of the project; null: first.' })
  afterId?: string | null;
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

@InputType({ description: 'A new project with its first board and the columns usual for that kind.' })
export class CreateProjectInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field({ description: 'Two to ten capitals or digits, beginning with a letter; it never changes.' })
  key: string;
  @Field({ description: 'At most 120 characters.' })
  name: string;
  @Field(() => String, { nullable: true, defaultValue: '', description: 'Markdown.' })
  description?: string | null;
  @Field(() => ProjectVisibilityEnum, { description: 'Who knows of it.' })
  visibility: ProjectVisibility;
  @Field(() => ID, { description: 'The team that owns it.' })
  teamId: string;
  @Field(() => BoardKindEnum, { description: 'Kind of its first board.' })
  boardKind: BoardKind;
  @Field(() => String, { nullable: true, description: 'Its days are days of this zone (IANA name); left out: UTC.' })
  timeZone?: string | null;
}
