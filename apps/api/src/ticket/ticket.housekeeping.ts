import { Injectable } from '@nestjs/common';
import { ProjectErasure } from '../project/project-erasure.ts';
import { ERASE_CONTENTS, eraseSubjects } from '../subject/subject.writes.ts';

const ERASE_TICKETS = /* sql */ `
  WITH gone AS (
    DELETE FROM ticket WHERE id IN (SELECT id FROM ticket WHERE project_id = $1 LIMIT $2) RETURNING id
  )
  ${eraseSubjects('SELECT id FROM gone')}`;

/** Deletes the tickets of erased projects: first what may be much of one ticket, then the tickets. */
@Injectable()
export class TicketHousekeeping {
  constructor(erasure: ProjectErasure) {
    for (const sql of [...ERASE_CONTENTS('SELECT id FROM ticket WHERE project_id = $1'), ERASE_TICKETS]) erasure.register(sql);
  }
}
