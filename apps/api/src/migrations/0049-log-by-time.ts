import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where in the log a day begins, and firings that did nothing by their age, are found without reading the rest. */
export class LogByTime1764000000049 implements MigrationInterface {
  name = 'LogByTime1764000000049';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE INDEX activity_at ON activity (scope, at);
      CREATE INDEX rule_firing_idle ON rule_firing (at) WHERE outcome <> 'DONE';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX activity_at; DROP INDEX rule_firing_idle');
  }
}
