import { Injectable } from '@nestjs/common';
import { ProjectErasure } from '../project/project-erasure.ts';

/** Deletes the boards of erased projects: first the places of tickets, then the boards with their columns. */
@Injectable()
export class BoardHousekeeping {
  constructor(erasure: ProjectErasure) {
    erasure.register(/* sql */ `
      DELETE FROM placement WHERE (ticket_id, board_id) IN (
        SELECT k.ticket_id, k.board_id FROM placement k JOIN board b ON b.id = k.board_id WHERE b.project_id = $1 LIMIT $2) RETURNING ticket_id`);
    erasure.register('DELETE FROM board WHERE id IN (SELECT id FROM board WHERE project_id = $1 LIMIT $2) RETURNING id');
  }
}
