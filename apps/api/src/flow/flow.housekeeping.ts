import { Injectable } from '@nestjs/common';
import { ProjectErasure } from '../project/project-erasure.ts';

/** Deletes what was kept of erased projects, piece by piece. */
@Injectable()
export class FlowHousekeeping {
  constructor(erasure: ProjectErasure) {
    erasure.register(/* sql */ `
      DELETE FROM ticket_span WHERE (ticket_id, from_at) IN (SELECT ticket_id, from_at FROM ticket_span WHERE project_id = $1 LIMIT $2) RETURNING ticket_id`);
    erasure.register('DELETE FROM flow_item WHERE ticket_id IN (SELECT ticket_id FROM flow_item WHERE project_id = $1 LIMIT $2) RETURNING ticket_id');
  }
}
