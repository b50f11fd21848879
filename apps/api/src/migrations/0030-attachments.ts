import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files attached to a subject. A ticket counts its own, as it counts its comments. */
export class Attachments1764000000030 implements MigrationInterface {
  name = 'Attachments1764000000030';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE attachment (
        id uuid PRIMARY KEY,
        subject_id uuid NOT NULL REFERENCES subject,
        author_id uuid REFERENCES app_user,
        name text NOT NULL,
        -- What the first bytes say, not what the sender said.
        media_type text NOT NULL,
        digest text NOT NULL REFERENCES blob,
        size bigint NOT NULL CHECK (size > 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        -- Can be brought back; the row goes a day later.
        deleted_at timestamptz
      );
      CREATE INDEX attachment_subject ON attachment (subject_id, created_at, id);
      -- Whether stored bytes are still used.
      CREATE INDEX attachment_digest ON attachment (digest);
      CREATE INDEX attachment_deleted ON attachment (deleted_at) WHERE deleted_at IS NOT NULL;
      ALTER TABLE ticket ADD COLUMN attachment_count integer NOT NULL DEFAULT 0;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE ticket DROP COLUMN attachment_count;
      DROP TABLE attachment;
    `);
  }
}
