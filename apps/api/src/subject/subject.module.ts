import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { CommentResolver } from './comment.resolver.ts';
import { CommentService } from './comment.service.ts';
import { LiveCommentsResolver } from './live-comments.resolver.ts';
import { Subjects } from './subjects.ts';

/** What any noun can have. */
@Module({
  imports: [ActivityModule],
  providers: [CommentResolver, CommentService, LiveCommentsResolver, Subjects],
  exports: [CommentService, Subjects],
})
export class SubjectModule {}
