import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The backlog has a page of its own: a Scrum board that began with a column of that name is offered to do without it. */
export class BacklogColumn1764000000044 implements MigrationInterface {
  name = 'BacklogColumn1764000000044';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- Somebody has said that the column stays: it is not offered for removal again.
      ALTER TABLE board ADD COLUMN keeps_backlog_column boolean NOT NULL DEFAULT false;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE board DROP COLUMN keeps_backlog_column;');
  }
}
