import { Module } from '@nestjs/common';
import { InboxResolver } from './inbox.resolver.ts';
import { InboxService } from './inbox.service.ts';

@Module({ providers: [InboxResolver, InboxService] })
export class NotifyModule {}
