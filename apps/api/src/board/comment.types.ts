import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PersonType } from '../access/person.types.ts';
import { PageInfo } from '../platform/page.types.ts';

@ObjectType('Comment', { description: 'What somebody said about a ticket.' })
export class CommentType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  ticketId: string;
  @Field(() => PersonType, { nullable: true })
  author: PersonType | null;
  @Field({ description: 'Markdown.' })
  body: string;
  @Field()
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  editedAt: Date | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType({ description: 'A page of comments, oldest first.' })
export class CommentConnection {
  @Field(() => [CommentType])
  nodes: CommentType[];
  @Field(() => Int)
  totalCount: number;
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}
