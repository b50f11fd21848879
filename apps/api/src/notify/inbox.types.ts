import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { INBOX_REASONS, INBOX_WHYS, type InboxReason, type InboxWhy } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { PageInfo } from '../platform/lists/page.types.ts';

export const InboxReasonEnum = enumOf(INBOX_REASONS);
registerEnumType(InboxReasonEnum, { name: 'InboxReason', description: 'Why somebody is told. ASSIGNED: a ticket was given to them.' });

const InboxWhyEnum = enumOf(INBOX_WHYS);
registerEnumType(InboxWhyEnum, { name: 'InboxWhy', description: 'What one had to do with it. QUEUED: one queued the run.' });

@ObjectType('InboxItem', { description: 'Something that concerns whoever asks.' })
export class InboxItemType {
  @Field(() => ID)
  id: string;
  @Field(() => InboxReasonEnum)
  reason: InboxReason;
  @Field(() => InboxWhyEnum, { nullable: true, description: 'What one had to do with it then; null: told before this was kept.' })
  why: InboxWhy | null;
  @Field({ description: 'When it happened.' })
  at: Date;
  @Field(() => Date, { nullable: true, description: 'Null until it was read.' })
  readAt: Date | null;
  @Field({ description: 'The project it is of.' })
  projectKey: string;
  @Field(() => String, { nullable: true, description: 'The ticket it is about, such as VIS-12; null: a rule is about none.' })
  ticketKey: string | null;
  @Field(() => String, { nullable: true })
  ticketTitle: string | null;
  @Field(() => ID, { nullable: true, description: 'The rule that says it, or that was switched off.' })
  ruleId: string | null;
  @Field(() => String, { nullable: true, description: 'Its name then.' })
  ruleName: string | null;
  @Field(() => String, { nullable: true, description: 'What the rule says.' })
  text: string | null;
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

@ObjectType({ description: 'Whether one is told of a kind of news.' })
export class InboxSetting {
  @Field(() => InboxReasonEnum)
  reason: InboxReason;
  @Field()
  on: boolean;
}
