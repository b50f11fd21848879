import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.ts';
import { ActivityLog } from './activity-log.ts';
import { BlobStore } from './blob-store.ts';
import { openDataSource } from './data-source.ts';
import { Database } from './database.ts';
import { Hosts } from './hosts.ts';
import { RunnerBell } from './queue.ts';
import { Wakeups } from './wakeups.ts';

/** What every noun stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DataSource, useFactory: () => openDataSource(config.databaseUrl, config.poolSize) },
        { provide: Database, useFactory: (source: DataSource) => new Database(source), inject: [DataSource] },
        { provide: Hosts, useFactory: () => new Hosts(config) },
        Wakeups,
        ActivityLog,
        BlobStore,
        RunnerBell,
      ],
      exports: [CONFIG, Database, Hosts, Wakeups, ActivityLog, BlobStore, RunnerBell],
    };
  }
}
