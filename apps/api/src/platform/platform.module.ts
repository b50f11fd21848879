import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { ActivityLog } from './log/activity-log.ts';
import { BlobStore } from './blobs/blob-store.ts';
import { DiskSpace } from './blobs/disk-space.ts';
import { openDataSource } from './sql/data-source.ts';
import { Database } from './sql/database.ts';
import { Hosts } from './http/hosts.ts';
import { Jobs } from './jobs/jobs.ts';
import { RunnerBell } from './jobs/queue.ts';
import { LogReaders } from './log/log-reader.ts';
import { Secrets } from './secrets/secrets.ts';
import { Wakeups } from './log/wakeups.ts';

/** What every noun stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Database, useFactory: async () => new Database(await openDataSource(config.databaseUrl, config.poolSize, config.statementSeconds)) },
        { provide: Hosts, useFactory: () => new Hosts(config) },
        Wakeups,
        ActivityLog,
        BlobStore,
        DiskSpace,
        Jobs,
        Secrets,
        LogReaders,
        RunnerBell,
      ],
      exports: [CONFIG, Database, Hosts, Wakeups, ActivityLog, BlobStore, DiskSpace, Jobs, LogReaders, RunnerBell, Secrets],
    };
  }
}
