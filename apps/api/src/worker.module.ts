import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from './config.ts';
import { InspectionService } from './dataset/inspection.service.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { AttemptStates } from './training/attempt-state.service.ts';
import { Reconciler } from './training/reconciler.service.ts';
import { Waiting } from './training/waiting.ts';

/** The worker process: no requests, only what must be put right. */
@Module({})
export class WorkerModule {
  static with(config: Config): DynamicModule {
    return { module: WorkerModule, imports: [PlatformModule.with(config)], providers: [AttemptStates, InspectionService, Reconciler, Waiting] };
  }
}
