import { Module } from '@nestjs/common';
import { DatasetModule } from '../dataset/dataset.module.ts';
import { TrainingModule } from '../training/training.module.ts';
import { AttemptProtocol } from './attempt-protocol.service.ts';
import { RunnerCredentials } from './credential.service.ts';
import { LeaseWatchNotes } from './lease-watch.service.ts';
import { RunnerController } from './runner.controller.ts';
import { RunnerGuard } from './runner.guard.ts';
import { RunnerResolver } from './runner.resolver.ts';
import { RunnerService } from './runner.service.ts';
import { StoredBytes } from './stored-bytes.service.ts';

@Module({
  imports: [DatasetModule, TrainingModule],
  controllers: [RunnerController],
  providers: [AttemptProtocol, LeaseWatchNotes, RunnerCredentials, RunnerGuard, RunnerResolver, RunnerService, StoredBytes],
})
export class RunnerModule {}
