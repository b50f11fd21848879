import { normalForm } from '@trainyard/domain';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is not in the log of a team that was deleted past it. */
const NAMELESS = '?';

/** What people leave behind: a deleted team stays, with those who were in it; of a webhook it is known who answers for it now. */
export class WhatPeopleLeave1764000000033 implements MigrationInterface {
  name = 'WhatPeopleLeave1764000000033';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE team ADD COLUMN deleted_at timestamptz;
      DROP INDEX team_name;
      CREATE UNIQUE INDEX team_name ON team (name_key) WHERE deleted_at IS NULL;
    `);
    const gone = (await db.query(/* sql */ `
      SELECT m.id, d.name, COALESCE(d.at, m.known_to) AS at FROM (
        SELECT team_id AS id, max(known_to) AS known_to FROM membership_superseded GROUP BY team_id
      ) m LEFT JOIN LATERAL (
        SELECT a.changes #>> '{name,from}' AS name, a.at FROM activity a WHERE a.entity = 'TEAM' AND a.entity_id = m.id AND a.action = 'DELETED'
      ) d ON true
      WHERE NOT EXISTS (SELECT FROM team t WHERE t.id = m.id)`)) as { id: string; name: string | null; at: Date }[];
    for (const { id, name, at } of gone)
      await db.query('INSERT INTO team (id, name, name_key, created_at, deleted_at) VALUES ($1, $2, $3, $4, $4)', [
        id,
        name ?? NAMELESS,
        normalForm(name ?? NAMELESS),
        at,
      ]);
    await db.query(/* sql */ `
      ALTER TABLE membership_superseded ADD FOREIGN KEY (team_id) REFERENCES team;

      -- Who made the webhook, or last gave it an address, a secret, or switched it on.
      ALTER TABLE webhook RENAME COLUMN created_by TO answerable_id;
      ALTER TABLE webhook DROP CONSTRAINT webhook_off_reason_check,
        ADD CONSTRAINT webhook_off_reason_check CHECK (off_reason IN ('FAILING', 'SECRET_LOST', 'RESTORED', 'RIGHT_LOST'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      UPDATE webhook SET off_reason = NULL WHERE off_reason = 'RIGHT_LOST';
      ALTER TABLE webhook DROP CONSTRAINT webhook_off_reason_check,
        ADD CONSTRAINT webhook_off_reason_check CHECK (off_reason IN ('FAILING', 'SECRET_LOST', 'RESTORED'));
      ALTER TABLE webhook RENAME COLUMN answerable_id TO created_by;
      ALTER TABLE membership_superseded DROP CONSTRAINT membership_superseded_team_id_fkey;
      DELETE FROM team WHERE deleted_at IS NOT NULL;
      DROP INDEX team_name;
      ALTER TABLE team DROP COLUMN deleted_at;
      CREATE UNIQUE INDEX team_name ON team (name_key);
    `);
  }
}
