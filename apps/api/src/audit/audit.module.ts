import { Global, Module } from '@nestjs/common';
import { AuditResolver } from './audit.resolver.ts';
import { AuditTrail } from './audit-trail.service.ts';

/** Every noun that decides over rights tells the trail. */
@Global()
@Module({ providers: [AuditResolver, AuditTrail], exports: [AuditTrail] })
export class AuditModule {}
