import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';
import { ProjectErasure } from '../project/project-erasure.ts';

/** What one attempt may have much of, by its key; the rest goes with its run. */
const LONG = { log_line: 'attempt_id, claim, line', metric_chunk: 'attempt_id, series, slot, claim', checkpoint: 'attempt_id, claim, step' } as const;

/** Deletes checkpoints that nothing goes on from, and the runs of erased projects. */
@Injectable()
export class TrainingHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    erasure: ProjectErasure,
    private readonly database: Database,
  ) {
    housekeeping.register('training', () => this.tidy());
    for (const [table, key] of Object.entries(LONG)) {
      const held = key
        .split(', ')
        .map((column) => `l.${column}`)
        .join(', ');
      erasure.register(/* sql */ `
        DELETE FROM ${table} WHERE (${key}) IN (
          SELECT ${held} FROM run r JOIN attempt a ON a.run_id = r.id JOIN ${table} l ON l.attempt_id = a.id WHERE r.project_id = $1 LIMIT $2) RETURNING attempt_id`);
    }
    erasure.register('DELETE FROM run WHERE id IN (SELECT id FROM run WHERE project_id = $1 LIMIT $2) RETURNING id');
    erasure.register('DELETE FROM run_group WHERE id IN (SELECT id FROM run_group WHERE project_id = $1 LIMIT $2) RETURNING id');
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(/* sql */ `
      DELETE FROM checkpoint c USING attempt a, run r
      WHERE a.id = c.attempt_id AND r.id = a.run_id AND (r.state = 'SUCCEEDED' OR r.attempt_id <> a.id)`);
  }
}
