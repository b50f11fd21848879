import { Module, type DynamicModule } from '@nestjs/common';
import type { ListDefinition } from '../lists/list.ts';
import { Database } from '../sql/database.ts';
import { ExportController } from './export.controller.ts';
import { Exports } from './exports.ts';

/** Lists that can be taken away as files. */
@Module({})
export class TransferModule {
  static with(lists: readonly ListDefinition[]): DynamicModule {
    return {
      module: TransferModule,
      controllers: [ExportController],
      providers: [{ provide: Exports, inject: [Database], useFactory: (database: Database) => new Exports(database, lists) }],
    };
  }
}
