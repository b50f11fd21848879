import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Since when a ticket lies where it lies, and since when it is done: asked of many at once, so they stand on the ticket. What was before is read from the log.
 * Also what a person keeps of home, and which news they want.
 */
export class Home1764000000035 implements MigrationInterface {
  name = 'Home1764000000035';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE ticket ADD COLUMN entered_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN ended_at timestamptz;
      WITH moved AS (
        SELECT ticket_id, max(at) FILTER (WHERE changes ? 'columnId') AS entered, max(at) FILTER (WHERE changes #>> '{state,to}' = 'DONE') AS ended
        FROM activity WHERE entity = 'TICKET' AND ticket_id IS NOT NULL AND (changes ? 'columnId' OR changes ? 'state') GROUP BY ticket_id
      )
      UPDATE ticket t SET entered_at = COALESCE(m.entered, t.created_at),
        ended_at = CASE WHEN t.state = 'DONE' THEN COALESCE(m.ended, m.entered, t.updated_at) END
      FROM ticket all_of_them LEFT JOIN moved m ON m.ticket_id = all_of_them.id WHERE t.id = all_of_them.id;

      CREATE TABLE home (
        user_id uuid PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
        -- Null: guessed.
        role text CHECK (role IN ('ENGINEER', 'PROJECT_MANAGER', 'DIRECTOR')),
        -- Blocks that are folded, and unfolded, otherwise than the role has it, and an order of one's own. Those that the program does not know are passed over.
        folded text[] NOT NULL DEFAULT '{}',
        unfolded text[] NOT NULL DEFAULT '{}',
        block_order text[] NOT NULL DEFAULT '{}',
        -- The checklist of the first day is not wanted any more.
        dismissed boolean NOT NULL DEFAULT false
      );

      -- What somebody has to do with what they are told of; null: told before this was kept.
      ALTER TABLE inbox_item ADD COLUMN why text CHECK (why IN ('ASSIGNEE', 'AUTHOR', 'COMMENTER', 'QUEUED'));
      UPDATE inbox_item SET why = CASE reason WHEN 'ASSIGNED' THEN 'ASSIGNEE' ELSE 'QUEUED' END WHERE reason <> 'COMMENTED';

      CREATE TABLE inbox_muted (
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        reason text NOT NULL CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED')),
        PRIMARY KEY (user_id, reason)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE inbox_muted, home; ALTER TABLE inbox_item DROP COLUMN why; ALTER TABLE ticket DROP COLUMN entered_at, DROP COLUMN ended_at');
  }
}
