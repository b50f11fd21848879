import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { COMMENT_COLUMNS, commentOf, type CommentRow } from './comment.rows.ts';
import { CommentType } from './comment.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveCommentsResolver {
  constructor(live: LiveRegistry) {
    live.register<CommentRow>({
      field: 'comments',
      sql: /* sql */ `
        SELECT ${COMMENT_COLUMNS} FROM comment c LEFT JOIN app_user author ON author.id = c.author_id
        WHERE c.id = ${NEWS_OF('COMMENT')} AND c.deleted_at IS NULL`,
      of: (comments) => comments.map(commentOf),
    });
  }

  @ResolveField(() => [CommentType], { complexity: listCost(20), description: 'Comments concerned that are still there.' })
  comments(events: ProjectEventsType): CommentType[] {
    return events.things['comments'] as CommentType[];
  }
}
