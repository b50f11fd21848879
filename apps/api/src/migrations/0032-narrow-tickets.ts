import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A move writes the row of a ticket anew, and a list may read all of them: neither carries a description any more. Labels are found, and titles
 * are read in order, by indexes that a move does not touch.
 */
export class NarrowTickets1764000000032 implements MigrationInterface {
  name = 'NarrowTickets1764000000032';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- A ticket without a row has no description.
      CREATE TABLE ticket_text (
        ticket_id uuid PRIMARY KEY REFERENCES ticket ON DELETE CASCADE,
        description text NOT NULL
      );
      INSERT INTO ticket_text (ticket_id, description) SELECT id, description FROM ticket WHERE description <> '';
      ALTER TABLE ticket DROP COLUMN description;
      CREATE INDEX ticket_labels ON ticket USING gin (label_ids) WHERE deleted_at IS NULL;
      CREATE INDEX ticket_title_order ON ticket (project_id, (lower(title) COLLATE "C"), id) WHERE deleted_at IS NULL;
    `);
    // Rows keep the bytes of a column that was dropped until they are written anew.
    await db.query('CLUSTER ticket USING ticket_project_id_number_key');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP INDEX ticket_labels;
      DROP INDEX ticket_title_order;
      ALTER TABLE ticket ADD COLUMN description text NOT NULL DEFAULT '';
      UPDATE ticket SET description = w.description FROM ticket_text w WHERE w.ticket_id = ticket.id;
      DROP TABLE ticket_text;
    `);
  }
}
