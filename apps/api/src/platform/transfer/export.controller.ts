import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../actor.ts';
import { demand } from '../authorize.ts';
import { DomainError } from '../domain-error.ts';
import { isId, once } from '../input.ts';
import { Exports } from './exports.ts';

const FILE = /^([a-z]+)\.csv$/;

/** Lists as files: GET /export/tickets.csv?query=&projectId=&timeZone=&columns=key,title. */
@Controller('export')
export class ExportController {
  constructor(private readonly exports: Exports) {}

  @Get(':file')
  async download(
    @CurrentActor() actor: Actor,
    @Param('file') file: string,
    @Query() asked: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demand(actor, 'organisation.read');
    const list = this.exports.list(FILE.exec(file)?.[1] ?? '');
    const projectId = given(asked, 'projectId');
    if (projectId !== null && !isId(projectId)) throw new DomainError('NOT_FOUND');
    const request = { query: given(asked, 'query'), timeZone: given(asked, 'timeZone'), projectId };
    const stream = await this.exports.exportList(list, actor, request, given(asked, 'columns'));
    // Whoever goes away ends the reading.
    reply.raw.once('close', () => stream.destroy());
    await reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${list.name}.csv"`).send(stream);
  }
}

/** One that is empty says no more than none. */
const given = (asked: Record<string, unknown>, name: string): string | null => once(name, asked[name]) || null;
