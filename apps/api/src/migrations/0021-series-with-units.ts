import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run names its series freely and says what they count in; those that there are get their units. */
export class SeriesWithUnits1764000000021 implements MigrationInterface {
  name = 'SeriesWithUnits1764000000021';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The series that a run's attempts reported points of (metric_chunk). Null: it was not said what they count in.
      CREATE TABLE metric_series (
        run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
        name text COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
        unit text CHECK (char_length(unit) BETWEEN 1 AND 20),
        PRIMARY KEY (run_id, name)
      );
      INSERT INTO metric_series (run_id, name, unit)
      SELECT DISTINCT a.run_id, m.series, CASE
        WHEN m.series IN ('ACCURACY', 'VAL_ACCURACY', 'LEARNING_RATE') THEN '1'
        WHEN m.series = 'SAMPLES_PER_SECOND' THEN 'samples/s'
      END
      FROM metric_chunk m JOIN attempt a ON a.id = m.attempt_id;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE metric_series');
  }
}
