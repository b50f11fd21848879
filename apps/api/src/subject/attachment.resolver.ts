import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { ATTACHMENT_UNDO_EACH, ATTACHMENT_UNDO_HOURS, type Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { AttachmentService } from './attachment.service.ts';
import { AttachmentType } from './attachment.types.ts';

/** Attaching a file, and reading what is attached, is offered by the room of what it is attached to. */
@Resolver(() => AttachmentType)
export class AttachmentResolver {
  constructor(private readonly attachmentService: AttachmentService) {}

  @Mutation(() => Boolean, { description: 'Authors delete their own files, leads those of others.' })
  async deleteAttachment(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<boolean> {
    await this.attachmentService.deleteAttachment(actor, id);
    return true;
  }

  @Mutation(() => AttachmentType, {
    description: `Brings a deleted file back, within ${ATTACHMENT_UNDO_HOURS} hours: of one ticket and author, the last ${ATTACHMENT_UNDO_EACH}.`,
  })
  restoreAttachment(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<AttachmentType> {
    return this.attachmentService.restoreAttachment(actor, id);
  }
}
