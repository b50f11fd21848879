import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one sprint was to bring may be what the next one is to bring, too. */
export class RetroActions1764000000046 implements MigrationInterface {
  name = 'RetroActions1764000000046';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE retro_action DROP CONSTRAINT retro_action_pkey, ADD PRIMARY KEY (sprint_id, ticket_id);
      CREATE INDEX retro_action_ticket ON retro_action (ticket_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DELETE FROM retro_action a USING retro_action b WHERE a.ticket_id = b.ticket_id AND a.created_at > b.created_at;
      DROP INDEX retro_action_ticket;
      ALTER TABLE retro_action DROP CONSTRAINT retro_action_pkey, ADD PRIMARY KEY (ticket_id);
    `);
  }
}
