import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { listCost, pageCost } from '../platform/graphql/document-cost.ts';
import { DeliveryService } from './delivery.service.ts';
import { WebhookService } from './webhook.service.ts';
import {
  CreatedWebhookType,
  CreateWebhookInput,
  UpdateWebhookInput,
  WebhookDeliveryConnection,
  WebhookDeliveryType,
  WebhookRequestType,
  WebhookType,
} from './webhook.types.ts';

@Resolver()
export class WebhookResolver {
  constructor(
    private readonly service: WebhookService,
    private readonly sent: DeliveryService,
  ) {}

  @Query(() => [WebhookType], { complexity: listCost(5), description: 'The webhooks of a project, oldest first. For those who manage it.' })
  webhooks(@CurrentActor() actor: Actor, @Args('projectId', { type: () => ID }) projectId: string): Promise<WebhookType[]> {
    return this.service.webhooks(actor, projectId);
  }

  @Query(() => WebhookType, { description: 'One webhook. For those who manage its project.' })
  webhook(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<WebhookType> {
    return this.service.webhook(actor, id);
  }

  @Query(() => WebhookDeliveryConnection, { complexity: pageCost('first'), description: 'What was sent by a webhook within 30 days, newest first.' })
  webhookDeliveries(
    @CurrentActor() actor: Actor,
    @Args('webhookId', { type: () => ID }) webhookId: string,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<WebhookDeliveryConnection> {
    return this.sent.deliveries(actor, webhookId, first, after);
  }

  @Query(() => WebhookRequestType, { description: 'What a delivery sends.' })
  webhookRequest(@CurrentActor() actor: Actor, @Args('deliveryId', { type: () => ID }) deliveryId: string): Promise<WebhookRequestType> {
    return this.sent.request(actor, deliveryId);
  }

  @Mutation(() => CreatedWebhookType, {
    description: 'Has what happens in a project told to an address. Asks for provePassword. Its secret is in the answer and nowhere else.',
  })
  createWebhook(@CurrentActor() actor: Actor, @Args('input') input: CreateWebhookInput): Promise<CreatedWebhookType> {
    return this.service.create(actor, input);
  }

  @Mutation(() => WebhookType, { description: 'Changes a webhook, or switches it on or off. Another address asks for provePassword.' })
  updateWebhook(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateWebhookInput,
  ): Promise<WebhookType> {
    return this.service.update(actor, id, version, input);
  }

  @Mutation(() => CreatedWebhookType, {
    description: 'Gives a webhook another secret, and signs with that one from then on. Asks for provePassword. The secret is in the answer and nowhere else.',
  })
  renewWebhookSecret(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<CreatedWebhookType> {
    return this.service.renewSecret(actor, id, version);
  }

  @Mutation(() => Boolean, { description: 'Deletes a webhook with its deliveries; nothing more is sent.' })
  async deleteWebhook(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.service.delete(actor, id, version);
    return true;
  }

  @Mutation(() => WebhookDeliveryType, { description: 'Sends a delivery again, under the id it has.' })
  redeliverWebhook(@CurrentActor() actor: Actor, @Args('deliveryId', { type: () => ID }) deliveryId: string): Promise<WebhookDeliveryType> {
    return this.sent.redeliver(actor, deliveryId);
  }
}
