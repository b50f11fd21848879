import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of a parent and its child in one sprint the child's points count, in all sums. Which did is kept with the sprint, for a parent is another one
 * later. A sprint that has ended keeps its sums as they were: both counted then. What runs counts by its tickets as they are.
 */
export class CountedPoints1764000000048 implements MigrationInterface {
  name = 'CountedPoints1764000000048';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE sprint_ticket
        ADD COLUMN counts_at_start boolean NOT NULL DEFAULT true,
        ADD COLUMN counts_at_end boolean NOT NULL DEFAULT true;
      UPDATE sprint_ticket k SET counts_at_start = false FROM sprint s
      WHERE s.id = k.sprint_id AND s.state = 'RUNNING' AND k.committed AND EXISTS (
        SELECT FROM sprint_ticket o JOIN ticket c ON c.id = o.ticket_id WHERE o.sprint_id = k.sprint_id AND o.committed AND c.parent_id = k.ticket_id
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE sprint_ticket DROP COLUMN counts_at_start, DROP COLUMN counts_at_end;
    `);
  }
}
