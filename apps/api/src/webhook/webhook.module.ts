import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { DeliveryService } from './delivery.service.ts';
import { WebhookResolver } from './webhook.resolver.ts';
import { WebhookService } from './webhook.service.ts';

@Module({ imports: [AuditModule], providers: [WebhookResolver, WebhookService, DeliveryService] })
export class WebhookModule {}
