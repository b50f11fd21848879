import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the people of a sprint had time for, as it was when the sprint ended: memberships, days off and zones of later change none of it. Sprints
 * that ended before this have nothing kept.
 */
export class SprintCapacity1764000000051 implements MigrationInterface {
  name = 'SprintCapacity1764000000051';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE sprint_capacity (
        sprint_id uuid PRIMARY KEY REFERENCES sprint ON DELETE CASCADE,
        -- Of its team on the days on which it ran: what later sprints are measured by.
        ran_minutes integer NOT NULL,
        -- What the sprints before it completed in their minutes; null: fewer than three said something.
        ratio_sprints integer,
        ratio_points double precision,
        ratio_minutes integer,
        CHECK (num_nulls(ratio_sprints, ratio_points, ratio_minutes) IN (0, 3))
      );
      CREATE TABLE sprint_capacity_person (
        sprint_id uuid NOT NULL REFERENCES sprint_capacity ON DELETE CASCADE,
        -- Null: what was nobody's.
        person_id uuid REFERENCES app_user,
        -- On the days that were planned.
        minutes integer NOT NULL,
        -- Of what was theirs in the end.
        points double precision NOT NULL,
        unestimated integer NOT NULL,
        UNIQUE NULLS NOT DISTINCT (sprint_id, person_id)
      );
      CREATE INDEX sprint_capacity_person_person ON sprint_capacity_person (person_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE sprint_capacity_person, sprint_capacity');
  }
}
