import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a team says of a sprint: notes that are hidden until they are revealed, votes, and tickets that came of it. */
export class Retrospectives1764000000045 implements MigrationInterface {
  name = 'Retrospectives1764000000045';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- From then on everybody who may read the project reads the notes.
      ALTER TABLE sprint ADD COLUMN revealed_at timestamptz;
      CREATE TABLE retro_note (
        id uuid PRIMARY KEY,
        sprint_id uuid NOT NULL REFERENCES sprint ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('WELL', 'BADLY', 'IDEA')),
        body text NOT NULL,
        author_id uuid REFERENCES app_user ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX retro_note_sprint ON retro_note (sprint_id, created_at, id);
      CREATE TABLE retro_vote (
        note_id uuid NOT NULL REFERENCES retro_note ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        PRIMARY KEY (note_id, user_id)
      );
      CREATE TABLE retro_action (
        ticket_id uuid PRIMARY KEY REFERENCES ticket ON DELETE CASCADE,
        sprint_id uuid NOT NULL REFERENCES sprint ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX retro_action_sprint ON retro_action (sprint_id, created_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE retro_action, retro_vote, retro_note; ALTER TABLE sprint DROP COLUMN revealed_at;');
  }
}
