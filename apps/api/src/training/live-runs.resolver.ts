import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { runCardsByIds } from './run-card.loader.ts';
import { RunCardType } from './run.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveRunsResolver {
  constructor(live: LiveRegistry) {
    live.register<{ id: string }>({
      field: 'runs',
      sql: /* sql */ `SELECT DISTINCT "entityId" AS id FROM news WHERE entity = 'RUN'`,
      of: (runs, tx) =>
        runCardsByIds(
          tx,
          runs.map(({ id }) => id),
        ),
    });
  }

  @ResolveField(() => [RunCardType], { complexity: listCost(20), description: 'Runs concerned.' })
  runs(events: ProjectEventsType): RunCardType[] {
    return events.things['runs'] as RunCardType[];
  }
}
