import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/sql/database.ts';
import { PIECE, ProjectErasure } from '../project/project-erasure.ts';

/** Deletes the tickets of erased projects: first what may be much of one ticket, then the tickets. */
@Injectable()
export class TicketHousekeeping {
  constructor(
    erasure: ProjectErasure,
    private readonly database: Database,
  ) {
    erasure.register((projectId) =>
      this.erase(projectId, 'comment', 'id IN (SELECT c.id FROM comment c JOIN ticket t ON t.id = c.ticket_id WHERE t.project_id = $1 LIMIT $2)'),
    );
    erasure.register((projectId) => this.erase(projectId, 'ticket', 'id IN (SELECT id FROM ticket WHERE project_id = $1 LIMIT $2)'));
  }

  private async erase(projectId: string, table: 'comment' | 'ticket', where: string): Promise<number> {
    return (await rows(this.database.direct, `DELETE FROM ${table} WHERE ${where} RETURNING id`, [projectId, PIECE])).length;
  }
}
