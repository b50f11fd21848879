import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { QUERY_LIMITS, QUERY_PROBLEMS, VIEW_LISTS, type QueryProblem, type ViewList } from '@trainyard/domain';
import { textCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const ViewListEnum = enumOf(VIEW_LISTS);
const QueryProblemEnum = enumOf(QUERY_PROBLEMS);
registerEnumType(ViewListEnum, { name: 'ViewList', description: 'The lists that views are saved of.' });
registerEnumType(QueryProblemEnum, { name: 'QueryProblem', description: 'What may be wrong with the text of a query.' });

@ObjectType({ description: 'Why a list does not understand the query of a view any more.' })
export class SavedViewProblem {
  @Field(() => QueryProblemEnum, { description: 'The first thing that is wrong.' })
  problem: QueryProblem;
  @Field(() => Int, { description: 'Where in the query it begins, in UTF-16 units.' })
  start: number;
  @Field(() => Int, { description: 'Where it ends; that unit is not within.' })
  end: number;
}

/** What the database has of a view; the rest follows from it. */
export interface ViewRow {
  id: string;
  list: ViewList;
  projectId: string | null;
  name: string;
  query: string;
  shared: boolean;
  ownerId: string;
  version: number;
}

@ObjectType('SavedView', { description: 'A query of a list, kept under a name.' })
export class SavedViewType implements Omit<ViewRow, 'ownerId'> {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field(() => ViewListEnum)
  list: ViewList;
  @Field(() => ID, { nullable: true, description: 'The project whose list it is of; null: the list over all projects.' })
  projectId: string | null;
  @Field()
  name: string;
  @Field({ complexity: textCost(QUERY_LIMITS.length), description: 'As it was typed.' })
  query: string;
  @Field({ description: 'Whether everybody sees it who may read the project, or the organisation where it is of none. Else its owner alone.' })
  shared: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  ownerId: string;
}

@InputType({ description: 'A view to save.' })
export class CreateSavedViewInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ViewListEnum)
  list: ViewList;
  @Field(() => ID, { nullable: true, description: 'Of a project; left out: over all projects. PEOPLE has none.' })
  projectId?: string | null;
  @Field({ description: 'At most 80 characters.' })
  name: string;
  @Field({ description: 'In the language of lists. A text that the list does not understand is refused.' })
  query: string;
  @Field(() => Boolean, { nullable: true, description: 'As in SavedView; left out: its owner alone sees it.' })
  shared?: boolean | null;
}

@InputType({ description: 'Changes to a view; what is left out stays.' })
export class UpdateSavedViewInput {
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => String, { nullable: true })
  query?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'True shares it; false leaves it to its owner.' })
  shared?: boolean | null;
}
