import { Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ATTACHMENT_BYTES_MAX, type Actor } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { AccessService } from '../access/access.service.ts';
import { CurrentActor } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { announcedBytes, rawBody } from '../platform/http/raw-body.ts';
import { isId, once } from '../platform/input.ts';
import { AttachmentService } from '../subject/attachment.service.ts';
import type { AttachmentType } from '../subject/attachment.types.ts';
import { TICKET_SUBJECT } from './ticket.writes.ts';

/** Attaches a file to a ticket: the raw bytes as application/octet-stream, the name and an `id` of the client's own in the address. */
@Controller('attachments/ticket')
export class TicketAttachmentController {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly access: AccessService,
  ) {}

  @Post(':ticketId')
  @HttpCode(200)
  attach(
    @CurrentActor() actor: Actor,
    @Param('ticketId') ticketId: string,
    @Query('name') name: unknown,
    @Query('id') id: unknown,
    @Req() request: FastifyRequest,
  ): Promise<AttachmentType> {
    if (!isId(ticketId)) throw new DomainError('NOT_FOUND');
    return this.attachments.addAttachment(
      actor,
      { kind: TICKET_SUBJECT, id: ticketId },
      {
        name: once('name', name) ?? '',
        id: once('id', id),
        bytes: rawBody(request, ATTACHMENT_BYTES_MAX),
        size: announcedBytes(request),
        senderNow: () => this.access.senderNow(request),
      },
    );
  }
}
