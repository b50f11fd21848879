import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { SPRINT_COLUMNS } from './sprint.rows.ts';
import { SprintType } from './sprint.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveSprintsResolver {
  constructor(live: LiveRegistry) {
    live.register<SprintType>({
      field: 'sprints',
      sql: /* sql */ `SELECT ${SPRINT_COLUMNS} FROM sprint s WHERE s.id = ${NEWS_OF('SPRINT')}`,
      of: (sprints) => sprints.map((sprint) => ({ ...sprint, startedAt: instant(sprint.startedAt), closedAt: instant(sprint.closedAt) })),
    });
  }

  @ResolveField(() => [SprintType], { complexity: listCost(2), description: 'Sprints concerned.' })
  sprints(events: ProjectEventsType): SprintType[] {
    return events.things['sprints'] as SprintType[];
  }
}

/** As JSON tells it. */
const instant = (told: Date | string | null): Date | null => (told === null ? null : new Date(told));
