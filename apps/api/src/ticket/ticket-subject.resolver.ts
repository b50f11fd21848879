import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ATTACHMENTS_EACH, type Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { listCost, pageCost } from '../platform/graphql/document-cost.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { AttachmentService } from '../subject/attachment.service.ts';
import { AttachmentType } from '../subject/attachment.types.ts';
import { CommentService } from '../subject/comment.service.ts';
import { CommentConnection, CommentType } from '../subject/comment.types.ts';
import { TICKET_SUBJECT } from './ticket.writes.ts';
import { TicketType } from './ticket.types.ts';

/** What a ticket has as any subject. */
@Resolver(() => TicketType)
export class TicketSubjectResolver {
  constructor(
    private readonly commentService: CommentService,
    private readonly attachmentService: AttachmentService,
  ) {}

  @ResolveField(() => [AttachmentType], { description: 'Files attached to it, oldest first.', complexity: listCost(ATTACHMENTS_EACH) })
  attachments(@Parent() ticket: TicketType): Promise<AttachmentType[]> {
    return this.attachmentService.attachments(ticket.id);
  }

  @ResolveField(() => CommentConnection, { description: 'What was said about it, oldest first.', complexity: pageCost('first') })
  comments(
    @Parent() ticket: TicketType,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<CommentConnection> {
    return this.commentService.comments(ticket, first, after);
  }

  @Mutation(() => CommentType, { description: 'Says something about a ticket.' })
  addComment(
    @CurrentActor() actor: Actor,
    @Args('ticketId', { type: () => ID }) ticketId: string,
    @Args('body') body: string,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<CommentType> {
    return this.commentService.addComment(actor, { kind: TICKET_SUBJECT, id: ticketId }, body, id);
  }
}

@Resolver(() => AttachmentType)
export class TicketAttachmentResolver {
  @ResolveField(() => ID, { description: 'What it is attached to.' })
  ticketId(attachment: AttachmentType): string {
    return attachment.subjectId;
  }
}

@Resolver(() => CommentType)
export class TicketCommentResolver {
  @ResolveField(() => ID, { description: 'What it is about.' })
  ticketId(comment: CommentType): string {
    return comment.subjectId;
  }
}
