import { Module } from '@nestjs/common';
import { ActivityNamesResolver, ActivityResolver } from './activity.resolver.ts';
import { EventsReader } from './events.reader.ts';
import { HistoryService } from './history.service.ts';
import { LiveRegistry } from './live-things.ts';
import { ProjectEventsService } from './project-events.service.ts';

/** The log as it is read: histories, and projects followed live. */
@Module({
  providers: [ActivityNamesResolver, ActivityResolver, EventsReader, HistoryService, LiveRegistry, ProjectEventsService],
  exports: [HistoryService, LiveRegistry],
})
export class ActivityModule {}
