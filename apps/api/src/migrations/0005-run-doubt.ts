import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a result should be looked at twice, decided when it comes in: cards show it without reading results. */
export class RunDoubt1764000000005 implements MigrationInterface {
  name = 'RunDoubt1764000000005';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt ADD COLUMN doubt text');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt DROP COLUMN doubt');
  }
}
