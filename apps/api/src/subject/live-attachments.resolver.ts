import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { ATTACHMENT_COLUMNS, attachmentOf, type AttachmentRow } from './attachment.rows.ts';
import { AttachmentType } from './attachment.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveAttachmentsResolver {
  constructor(live: LiveRegistry) {
    live.register<AttachmentRow>({
      field: 'attachments',
      sql: /* sql */ `
        SELECT ${ATTACHMENT_COLUMNS} FROM attachment a LEFT JOIN app_user author ON author.id = a.author_id
        WHERE a.id = ${NEWS_OF('ATTACHMENT')} AND a.deleted_at IS NULL`,
      of: (attachments) => attachments.map(attachmentOf),
    });
  }

  @ResolveField(() => [AttachmentType], { complexity: listCost(20), description: 'Files concerned that are still there.' })
  attachments(events: ProjectEventsType): AttachmentType[] {
    return events.things['attachments'] as AttachmentType[];
  }
}
