import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { isShownImage, type Actor } from '@trainyard/domain';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/actor.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { DomainError } from '../platform/domain-error.ts';
import { contentDisposition } from '../platform/http/content-disposition.ts';
import { isId } from '../platform/input.ts';
import { AttachmentService } from './attachment.service.ts';

/** What somebody else attached runs nothing here, whatever a browser takes it for. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Downloads of attached files. The name in the address is for people and programs that save it. */
@Controller('attachments')
export class AttachmentController {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly blobs: BlobStore,
  ) {}

  // The rest is the name that a browser saves it under. A parameter would end at 100 characters.
  @Get(':id/*')
  async download(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isId(id)) throw new DomainError('NOT_FOUND');
    const { name, mediaType, digest } = await this.attachments.stored(actor, id);
    const size = await this.blobs.size(digest);
    if (size === null) throw new DomainError('ARTIFACT_GONE', { name });
    const etag = `"${digest}"`;
    void reply
      // Kept by the browser of who may see it, and asked for again each time: rights may have ended.
      .header('cache-control', 'private, no-cache')
      .header('vary', 'Cookie, Authorization')
      .header('etag', etag)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', SANDBOX)
      .header('content-type', mediaType)
      .header('content-disposition', contentDisposition(isShownImage(mediaType) ? 'inline' : 'attachment', name));
    if (known === etag) await reply.status(304).send();
    else await reply.header('content-length', size).send(this.blobs.read(digest));
  }
}
