import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the person of a session last proved that it is them, by signing in or by giving the password again. */
export class SessionProof1764000000016 implements MigrationInterface {
  name = 'SessionProof1764000000016';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE session ADD COLUMN proved_at timestamptz;
      UPDATE session SET proved_at = created_at;
      ALTER TABLE session ALTER COLUMN proved_at SET DEFAULT now(), ALTER COLUMN proved_at SET NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE session DROP COLUMN proved_at');
  }
}
