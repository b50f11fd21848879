import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  DELIVERY_ERRORS,
  DELIVERY_STATES,
  WEBHOOK_EVENTS,
  WEBHOOK_OFF_REASONS,
  type DeliveryError,
  type DeliveryState,
  type WebhookEvent,
  type WebhookOffReason,
} from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

const WebhookEventEnum = enumOf(WEBHOOK_EVENTS);
const WebhookOffReasonEnum = enumOf(WEBHOOK_OFF_REASONS);
const DeliveryStateEnum = enumOf(DELIVERY_STATES);
const DeliveryErrorEnum = enumOf(DELIVERY_ERRORS);
registerEnumType(WebhookEventEnum, { name: 'WebhookEvent', description: 'What a webhook is told of: a kind of thing, and what became of it.' });
registerEnumType(WebhookOffReasonEnum, {
  name: 'WebhookOffReason',
  description:
    'Why the server switched a webhook off. RESTORED: it came with a backup. RIGHT_LOST: who made it, or last gave it an address, a secret or switched it on, may not do so any more.',
});
registerEnumType(DeliveryStateEnum, { name: 'WebhookDeliveryState', description: 'WAITING for its first or next try, DELIVERED, or FAILED for good.' });
registerEnumType(DeliveryErrorEnum, { name: 'WebhookDeliveryError', description: 'Why a try came to nothing. ANSWER: the answer was not 2xx.' });

@ObjectType('Webhook', { description: 'Has what happens in a project told to a server elsewhere.' })
export class WebhookType {
  @Field(() => ID)
  id: string;
  @Field({ description: 'What the events are posted to.' })
  address: string;
  @Field(() => [WebhookEventEnum])
  events: WebhookEvent[];
  @Field()
  active: boolean;
  @Field(() => WebhookOffReasonEnum, { nullable: true, description: 'Set where the server switched it off.' })
  offReason: WebhookOffReason | null;
  @Field(() => Date, { nullable: true, description: 'Since when nothing sent by it has arrived; null after a success.' })
  failingSince: Date | null;
  @Field()
  createdAt: Date;
  @Field(() => Int)
  version: number;
}

@ObjectType({ description: 'A webhook with the new secret that its events are signed with.' })
export class CreatedWebhookType {
  @Field(() => WebhookType)
  webhook: WebhookType;
  @Field({ description: 'Shown this once.' })
  secret: string;
}

@ObjectType('WebhookDelivery', { description: 'One event for one webhook.' })
export class WebhookDeliveryType {
  @Field(() => ID, { description: 'The header X-Trainyard-Delivery, the same for all tries.' })
  id: string;
  @Field(() => WebhookEventEnum)
  event: WebhookEvent;
  @Field(() => DeliveryStateEnum)
  state: DeliveryState;
  @Field(() => Int, { description: 'Since it was last asked for.' })
  tries: number;
  @Field()
  createdAt: Date;
  @Field(() => Date, { nullable: true, description: 'The last try.' })
  triedAt: Date | null;
  @Field(() => Int, { nullable: true, description: 'Milliseconds of the last try.' })
  durationMs: number | null;
  @Field(() => DeliveryErrorEnum, { nullable: true })
  error: DeliveryError | null;
  @Field(() => Int, { nullable: true, description: 'HTTP status of the last answer.' })
  answerStatus: number | null;
  @Field(() => String, { nullable: true, description: 'The beginning of the last answer, at most 2,000 bytes.' })
  answer: string | null;
}

@ObjectType({ description: 'What a delivery sends, without the signature, which each try makes anew.' })
export class WebhookRequestType {
  @Field(() => [String], { description: 'Lines of the form "name: value".' })
  headers: string[];
  @Field({ description: 'JSON, byte for byte as it is signed.' })
  body: string;
}

@ObjectType({ description: 'A page of deliveries, newest first.' })
export class WebhookDeliveryConnection {
  @Field(() => [WebhookDeliveryType])
  nodes: WebhookDeliveryType[];
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@InputType({ description: 'A new webhook.' })
export class CreateWebhookInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID)
  projectId: string;
  @Field({ description: 'http or https, without a name or password in it.' })
  address: string;
  @Field(() => [WebhookEventEnum])
  events: WebhookEvent[];
}

@InputType({ description: 'What is not given stays.' })
export class UpdateWebhookInput {
  @Field(() => String, { nullable: true })
  address?: string | null;
  @Field(() => [WebhookEventEnum], { nullable: true })
  events?: WebhookEvent[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Switched on, it is told of what happens from then on.' })
  active?: boolean | null;
}
