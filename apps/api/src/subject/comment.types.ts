import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { COMMENT_MAX } from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { textCost } from '../platform/graphql/document-cost.ts';
import { PageInfo } from '../platform/lists/page.types.ts';

@ObjectType('Comment', { description: 'What somebody said about a ticket.' })
export class CommentType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  /** What it is about; the room of that noun says it in its own words. */
  subjectId: string;
  @Field(() => PersonType, { nullable: true, description: 'Who said it.' })
  author: PersonType | null;
  @Field({ complexity: textCost(COMMENT_MAX), description: 'Markdown.' })
  body: string;
  @Field({ description: 'When it was said.' })
  createdAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was last changed; null: never.' })
  editedAt: Date | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType({ description: 'A page of comments, oldest first.' })
export class CommentConnection {
  @Field(() => [CommentType], { description: 'The comments of this page.' })
  nodes: CommentType[];
  @Field(() => Int, { description: 'Comments in all.' })
  totalCount: number;
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo: PageInfo;
}
