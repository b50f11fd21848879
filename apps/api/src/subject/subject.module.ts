import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { AttachmentController } from './attachment.controller.ts';
import { AttachmentResolver } from './attachment.resolver.ts';
import { AttachmentService } from './attachment.service.ts';
import { CommentResolver } from './comment.resolver.ts';
import { CommentService } from './comment.service.ts';
import { LiveAttachmentsResolver } from './live-attachments.resolver.ts';
import { LiveCommentsResolver } from './live-comments.resolver.ts';
import { Subjects } from './subjects.ts';

/** What any noun can have. */
@Module({
  imports: [ActivityModule],
  controllers: [AttachmentController],
  providers: [AttachmentResolver, AttachmentService, CommentResolver, CommentService, LiveAttachmentsResolver, LiveCommentsResolver, Subjects],
  exports: [AttachmentService, CommentService, Subjects],
})
export class SubjectModule {}
