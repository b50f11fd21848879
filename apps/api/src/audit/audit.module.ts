import { Global, Module } from '@nestjs/common';
import { Refusals } from '../platform/http/refusals.ts';
import { AuditResolver } from './audit.resolver.ts';
import { AuditTrail } from './audit-trail.service.ts';

/** Every noun that decides over rights tells the trail. */
@Global()
@Module({ providers: [AuditResolver, AuditTrail, { provide: Refusals, useExisting: AuditTrail }], exports: [AuditTrail, Refusals] })
export class AuditModule {}
