import { Injectable } from '@nestjs/common';
import type { Actor, ProjectScope } from '@trainyard/domain';
import { PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { row, type Tx } from '../platform/sql/database.ts';
import { Subjects, type HeldSubject, type Noun } from '../subject/subjects.ts';
import { countAttachments, countComments, TICKET_SUBJECT } from './ticket.writes.ts';

/** Tickets are subjects: who reads or writes a ticket reads or writes what it has. */
@Injectable()
export class TicketSubject implements Noun {
  readonly countComments = countComments;
  readonly countAttachments = countAttachments;

  constructor(subjects: Subjects) {
    subjects.register(TICKET_SUBJECT, this);
  }

  async lock(tx: Tx, id: string): Promise<HeldSubject | null> {
    const ticket = await row<ProjectScope & { id: string; scope: string }>(
      tx,
      /* sql */ `SELECT t.id, p.id AS scope, ${PROJECT_SCOPE} FROM ticket t JOIN project p ON p.id = t.project_id
        WHERE t.id = $1 AND t.deleted_at IS NULL FOR NO KEY UPDATE OF t`,
      [id],
    );
    return ticket && { ...ticket, about: { ticketId: ticket.id } };
  }

  async readable(tx: Tx, actor: Actor, id: string): Promise<boolean> {
    const found = await row(
      tx,
      `SELECT FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = $3 AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), id],
    );
    return found !== null;
  }
}
