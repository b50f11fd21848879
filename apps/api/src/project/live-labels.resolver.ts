import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { LABEL_COLUMNS } from './project.rows.ts';
import { LabelType } from './label.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveLabelsResolver {
  constructor(live: LiveRegistry) {
    live.register<LabelType>({
      field: 'labels',
      sql: /* sql */ `SELECT ${LABEL_COLUMNS} FROM label l WHERE l.id = ${NEWS_OF('LABEL')}`,
      of: (labels) => labels,
    });
  }

  @ResolveField(() => [LabelType], { complexity: listCost(20), description: 'Labels concerned.' })
  labels(events: ProjectEventsType): LabelType[] {
    return events.things['labels'] as LabelType[];
  }
}
