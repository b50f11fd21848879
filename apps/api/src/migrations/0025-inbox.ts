import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of. It begins with what happens from now on. */
export class Inbox1764000000025 implements MigrationInterface {
  name = 'Inbox1764000000025';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE inbox_item (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user,
        -- The entry of the log, which says the rest.
        scope uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        seq bigint NOT NULL,
        reason text NOT NULL CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED')),
        at timestamptz NOT NULL,
        read_at timestamptz,
        UNIQUE (user_id, scope, seq)
      );
      CREATE INDEX inbox_item_page ON inbox_item (user_id, at DESC, id DESC);
      CREATE INDEX inbox_item_unread ON inbox_item (user_id) WHERE read_at IS NULL;
      CREATE INDEX inbox_item_read ON inbox_item (read_at) WHERE read_at IS NOT NULL;
      CREATE INDEX inbox_item_scope ON inbox_item (scope);

      INSERT INTO log_position (reader, scope, seq) SELECT 'inbox', id, seq FROM activity_scope;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE inbox_item; DELETE FROM log_position WHERE reader = 'inbox'`);
  }
}
