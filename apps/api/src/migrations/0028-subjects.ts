import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What any noun can have refers to a subject, which a thing is under its own id. Tickets are subjects, and what was said about them is of these. */
export class Subjects1764000000028 implements MigrationInterface {
  name = 'Subjects1764000000028';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE subject (
        -- The thing's own.
        id uuid PRIMARY KEY,
        -- Its noun.
        kind text NOT NULL
      );
      INSERT INTO subject (id, kind) SELECT id, 'TICKET' FROM ticket;
      ALTER TABLE ticket ADD CONSTRAINT ticket_subject FOREIGN KEY (id) REFERENCES subject;
      ALTER TABLE comment DROP CONSTRAINT comment_ticket_id_fkey;
      ALTER TABLE comment RENAME COLUMN ticket_id TO subject_id;
      ALTER TABLE comment ADD CONSTRAINT comment_subject FOREIGN KEY (subject_id) REFERENCES subject;
      ALTER INDEX comment_ticket RENAME TO comment_subject_page;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER INDEX comment_subject_page RENAME TO comment_ticket;
      ALTER TABLE comment DROP CONSTRAINT comment_subject;
      ALTER TABLE comment RENAME COLUMN subject_id TO ticket_id;
      ALTER TABLE comment ADD CONSTRAINT comment_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket ON DELETE CASCADE;
      ALTER TABLE ticket DROP CONSTRAINT ticket_subject;
      DROP TABLE subject;
    `);
  }
}
