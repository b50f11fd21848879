import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ViewResolver } from './view.resolver.ts';
import { ViewService } from './view.service.ts';

@Module({ imports: [AuditModule], providers: [ViewResolver, ViewService] })
export class ViewModule {}
