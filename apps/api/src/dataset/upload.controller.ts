import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AccessService } from '../access/access.service.ts';
import { CONFIG, type Config } from '../config.ts';
import { CurrentActor } from '../platform/actor.ts';
import { demand } from '../platform/authorize.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { Database } from '../platform/sql/database.ts';
import { line, once } from '../platform/input.ts';
import { announcedBytes, rawBody } from '../platform/http/raw-body.ts';
import { UploadQuota } from './upload-quota.service.ts';

/** Files on their way into a dataset: the raw bytes as application/octet-stream, streamed to disk. */
@Controller('uploads')
export class UploadController {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    private readonly quota: UploadQuota,
    private readonly access: AccessService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(200)
  async upload(
    @CurrentActor() actor: Actor,
    @Query('name') name: unknown,
    @Req() request: FastifyRequest,
  ): Promise<{ uploadId: string; digest: string; size: number; name: string }> {
    demand(actor, 'dataset.create');
    const clean = line('name', once('name', name) ?? '', 255);
    const body = rawBody(request, this.config.uploadMaxBytes);
    const announced = announcedBytes(request);
    const uploadId = randomUUID();
    const { digest, size } = await this.quota.reserve(actor.userId, announced, async (limit) => {
      const stored = await this.blobs.store(body, limit, { size: announced });
      demand(await this.access.senderNow(request), 'dataset.create');
      await this.database.transaction(async (tx) => {
        await this.quota.confirm(tx, actor.userId, stored.size);
        await tx.query('INSERT INTO upload (id, user_id, name, digest, size) VALUES ($1, $2, $3, $4, $5)', [
          uploadId,
          actor.userId,
          clean,
          stored.digest,
          stored.size,
        ]);
      });
      return stored;
    });
    return { uploadId, digest, size, name: clean };
  }
}
