import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AUDIT_KINDS, AUDIT_OUTCOMES, type AuditKind, type AuditOutcome } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { PageInfo } from '../platform/lists/page.types.ts';

export const AuditKindEnum = enumOf(AUDIT_KINDS);
export const AuditOutcomeEnum = enumOf(AUDIT_OUTCOMES);
registerEnumType(AuditKindEnum, { name: 'AuditKind', description: 'What a line of the audit trail tells of. REQUEST: any request that was refused.' });
registerEnumType(AuditOutcomeEnum, { name: 'AuditOutcome', description: 'Whether it was done or refused.' });

@ObjectType('AuditEntry', { description: 'One line of the audit trail.' })
export class AuditEntryType {
  @Field(() => ID)
  id: string;
  @Field()
  at: Date;
  @Field(() => AuditKindEnum)
  kind: AuditKind;
  @Field(() => AuditOutcomeEnum)
  outcome: AuditOutcome;
  @Field(() => ID, { nullable: true, description: 'Who did it, or whose account was tried; null when nobody knows.' })
  actorId: string | null;
  @Field(() => ID, { nullable: true, description: 'The access token it was done with; null at a browser.' })
  tokenId: string | null;
  @Field(() => ID, { nullable: true, description: 'The account, membership, session or token it was done to.' })
  subjectId: string | null;
  @Field(() => String, { nullable: true, description: 'The code of the refusal.' })
  code: string | null;
  @Field(() => String, { nullable: true, description: 'Empty where it stands for many addresses.' })
  address: string | null;
  @Field(() => String, { nullable: true })
  userAgent: string | null;
  @Field(() => JSONScalar, { description: 'What else is known: the operation, the permission that was missing, roles before and after.' })
  details: object;
  @Field(() => Int, { description: 'How often; repeats of five minutes are one line.' })
  count: number;
}

@ObjectType({ description: 'A page of the audit trail, newest first.' })
export class AuditEntryConnection {
  @Field(() => [AuditEntryType])
  nodes: AuditEntryType[];
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}
