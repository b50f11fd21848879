import { Module } from '@nestjs/common';
import { ActivityNamesResolver, ActivityResolver } from './activity.resolver.ts';
import { HistoryService } from './history.service.ts';
import { ProjectEventsService } from './project-events.service.ts';

/** The log as it is read: histories, and projects followed live. */
@Module({ providers: [ActivityNamesResolver, ActivityResolver, HistoryService, ProjectEventsService] })
export class ActivityModule {}
