import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/actor.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { DomainError } from '../platform/domain-error.ts';
import { contentDisposition } from '../platform/http/content-disposition.ts';
import { isId } from '../platform/input.ts';
import { RunReader } from './run-reader.ts';

/** Downloads of what runs made. */
@Controller('artifacts')
export class ArtifactController {
  constructor(
    private readonly reader: RunReader,
    private readonly blobs: BlobStore,
  ) {}

  @Get(':id')
  async download(@CurrentActor() actor: Actor, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    if (!isId(id)) throw new DomainError('NOT_FOUND');
    const artifact = await this.reader.artifact(actor, id);
    const size = await this.blobs.size(artifact.digest);
    if (size === null) throw new DomainError('ARTIFACT_GONE', { name: artifact.name });
    await reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', size)
      .header('content-disposition', contentDisposition('attachment', artifact.name))
      .header('etag', `"${artifact.digest}"`)
      .send(this.blobs.read(artifact.digest));
  }
}
