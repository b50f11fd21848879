import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { COLUMN_COLUMNS } from './board.rows.ts';
import { ColumnType } from './board.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveColumnsResolver {
  constructor(live: LiveRegistry) {
    live.register<ColumnType>({
      field: 'columns',
      sql: /* sql */ `
        SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.id = ANY (ARRAY(
          SELECT "entityId" FROM news WHERE entity = 'COLUMN'
          UNION SELECT (changes #>> '{columnId,from}')::uuid FROM news WHERE entity = 'TICKET' AND changes ? 'columnId'
          UNION SELECT (changes #>> '{columnId,to}')::uuid FROM news WHERE entity = 'TICKET' AND changes ? 'columnId'))`,
      of: (columns) => columns,
    });
  }

  @ResolveField(() => [ColumnType], { complexity: listCost(6), description: 'Columns concerned, with their counts.' })
  columns(events: ProjectEventsType): ColumnType[] {
    return events.things['columns'] as ColumnType[];
  }
}
