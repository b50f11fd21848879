import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  withBothNames,
  type ClaimReply,
  type FinishReply,
  type HeartbeatReply,
  type HelloReply,
  type InspectionClaimReply,
  type InspectionProgressReply,
  type ReportReply,
  type StoredReply,
} from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InspectionService } from '../dataset/inspection.service.ts';
import { ForRunner } from '../platform/actor.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId } from '../platform/input.ts';
import { announcedBytes, rawBody } from '../platform/http/raw-body.ts';
import { AttemptProtocol } from './attempt-protocol.service.ts';
import {
  artifactPlace,
  checkpointPlace,
  claimBody,
  finishBody,
  heartbeatBody,
  helloBody,
  inspectionFinishBody,
  inspectionProgressBody,
  reportBody,
} from './report-body.ts';
import { RunnerGuard } from './runner.guard.ts';
import { RunnerService } from './runner.service.ts';
import { CHECKPOINT_MAX_BYTES, StoredBytes } from './stored-bytes.service.ts';

/** The job contract (libs/domain, training/contract.ts) over HTTP. */
@Controller('runner/v1')
@ForRunner()
@UseGuards(RunnerGuard)
export class RunnerController {
  constructor(
    private readonly runners: RunnerService,
    private readonly attempts: AttemptProtocol,
    private readonly stored: StoredBytes,
    private readonly inspections: InspectionService,
    private readonly blobs: BlobStore,
  ) {}

  @Post('hello')
  @HttpCode(200)
  async hello(@Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<HelloReply> {
    return { runnerId: await this.runners.hello(helloBody(body), runnerCredential), leaseSeconds: this.attempts.leaseSeconds };
  }

  @Post('heartbeat')
  @HttpCode(200)
  async heartbeat(@Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<HeartbeatReply> {
    const request = heartbeatBody(body);
    await this.runners.seen(request.runnerId, runnerCredential);
    const { attempts } = await this.attempts.heartbeat(request);
    return { attempts: attempts.map(withBothNames) };
  }

  @Post('attempts/:id/claim')
  @HttpCode(200)
  async claim(@Param('id') id: string, @Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<ClaimReply> {
    return withBothNames(await this.attempts.claim(known(id, 'NOT_CLAIMABLE'), claimBody(body).runnerId, runnerCredential));
  }

  @Post('attempts/:id/report')
  @HttpCode(200)
  report(@Param('id') id: string, @Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<ReportReply> {
    return this.attempts.report(known(id, 'FENCED'), reportBody(body), runnerCredential);
  }

  @Put('attempts/:id/checkpoint')
  checkpoint(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Headers('x-content-sha256') digest?: string,
  ): Promise<StoredReply> {
    return this.stored.checkpoint(
      known(id, 'FENCED'),
      { ...checkpointPlace(query), credentialId: request.runnerCredential ?? null },
      rawBody(request, CHECKPOINT_MAX_BYTES),
      { size: announcedBytes(request), digest },
    );
  }

  @Put('attempts/:id/artifacts/:name')
  artifact(
    @Param('id') id: string,
    @Param('name') name: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Headers('x-content-sha256') digest?: string,
  ): Promise<StoredReply> {
    return this.stored.artifact(
      known(id, 'FENCED'),
      { ...artifactPlace(query), credentialId: request.runnerCredential ?? null },
      name,
      rawBody(request, CHECKPOINT_MAX_BYTES),
      { size: announcedBytes(request), digest },
    );
  }

  @Post('attempts/:id/finish')
  @HttpCode(200)
  async finish(@Param('id') id: string, @Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<FinishReply> {
    await this.attempts.finish(known(id, 'FENCED'), finishBody(body), runnerCredential);
    return { accepted: true };
  }

  /** Whole, or from an offset on (`Range: bytes=n-`) when a download broke off. */
  @Get('blobs/:digest')
  async blob(
    @Param('digest') digest: string,
    @Headers('range') range: string | undefined,
    @Req() { runnerCredential = null }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const size = await this.stored.size(digest, runnerCredential);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    void reply.header('content-type', 'application/octet-stream').header('accept-ranges', 'bytes').header('etag', `"${digest}"`);
    if (start > 0 && start >= size) {
      await reply.status(416).header('content-range', `bytes */${size}`).send();
      return;
    }
    if (start > 0) void reply.status(206).header('content-range', `bytes ${start}-${size - 1}/${size}`);
    await reply.header('content-length', size - start).send(this.blobs.read(digest, start));
  }

  @Post('inspections/:id/claim')
  @HttpCode(200)
  async claimInspection(@Param('id') id: string, @Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<InspectionClaimReply> {
    const { runnerId } = claimBody(body);
    await this.runners.seen(runnerId, runnerCredential);
    return withBothNames(await this.inspections.claim(known(id, 'NOT_CLAIMABLE'), runnerId));
  }

  @Post('inspections/:id/progress')
  @HttpCode(200)
  async inspectionProgress(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() { runnerCredential = null }: FastifyRequest,
  ): Promise<InspectionProgressReply> {
    await this.inspections.progress(known(id, 'FENCED'), inspectionProgressBody(body), runnerCredential);
    return { accepted: true };
  }

  @Post('inspections/:id/finish')
  @HttpCode(200)
  async finishInspection(@Param('id') id: string, @Body() body: unknown, @Req() { runnerCredential = null }: FastifyRequest): Promise<FinishReply> {
    await this.inspections.finish(known(id, 'FENCED'), inspectionFinishBody(body), runnerCredential);
    return { accepted: true };
  }
}

/** An id that cannot exist is answered like one that does not. */
function known(id: string, code: 'NOT_CLAIMABLE' | 'FENCED'): string {
  if (!isId(id)) throw new DomainError(code);
  return id;
}
