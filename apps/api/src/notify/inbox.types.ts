import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { INBOX_REASONS, type InboxReason } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { PageInfo } from '../platform/lists/page.types.ts';

const InboxReasonEnum = enumOf(INBOX_REASONS);
registerEnumType(InboxReasonEnum, { name: 'InboxReason', description: 'Why somebody is told. ASSIGNED: a ticket was given to them.' });

@ObjectType('InboxItem', { description: 'Something that concerns whoever asks.' })
export class InboxItemType {
  @Field(() => ID)
  id: string;
  @Field(() => InboxReasonEnum)
  reason: InboxReason;
  @Field({ description: 'When it happened.' })
  at: Date;
  @Field(() => Date, { nullable: true, description: 'Null until it was read.' })
  readAt: Date | null;
  @Field({ description: 'The ticket it is about, such as VIS-12.' })
  ticketKey: string;
  @Field()
  ticketTitle: string;
  @Field(() => ID, { nullable: true, description: 'The run that ended.' })
  runId: string | null;
  @Field(() => Int, { nullable: true })
  runNumber: number | null;
  actorId: string | null;
}

@ObjectType({ description: 'A page of the inbox, newest first.' })
export class InboxConnection {
  @Field(() => [InboxItemType])
  nodes: InboxItemType[];
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}
