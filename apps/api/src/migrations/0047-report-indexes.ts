import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reports of a large project look for. Neither index holds when a span ends, which is most of what is written. */
export class ReportIndexes1764000000047 implements MigrationInterface {
  name = 'ReportIndexes1764000000047';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- What is below another, and what is above: progress of epics.
      CREATE INDEX ticket_span_family ON ticket_span (project_id, from_at) WHERE parent_id IS NOT NULL OR kind = 'EPIC';
      -- What was done in a stretch: forecasts as of a past day.
      CREATE INDEX ticket_span_done ON ticket_span (project_id, from_at) WHERE state = 'DONE' AND resolution = 'DONE' AND NOT deleted;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX ticket_span_family; DROP INDEX ticket_span_done');
  }
}
