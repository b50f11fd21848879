import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { can, type Actor } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { CONFIG, type Config } from '../config.ts';
import { CurrentActor } from '../platform/actor.ts';
import { BlobStore } from '../platform/blob-store.ts';
import { Database } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { text } from '../platform/input.ts';
import { rawBody } from '../platform/raw-body.ts';

/** Files on their way into a dataset: the raw bytes as application/octet-stream, streamed to disk. */
@Controller('uploads')
export class UploadController {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(200)
  async upload(@CurrentActor() actor: Actor, @Query('name') name: string | undefined, @Req() request: FastifyRequest): Promise<{ uploadId: string; digest: string; size: number; name: string }> {
    if (!can(actor, 'dataset.create')) throw new DomainError('FORBIDDEN', { permission: 'dataset.create' });
    const clean = text('name', name ?? '', 255);
    const { digest, size } = await this.blobs.store(rawBody(request, this.config.uploadMaxBytes), this.config.uploadMaxBytes);
    const uploadId = randomUUID();
    await this.database.read.query('INSERT INTO upload (id, user_id, name, digest, size) VALUES ($1, $2, $3, $4, $5)', [uploadId, actor.userId, clean, digest, size]);
    return { uploadId, digest, size, name: clean };
  }
}
