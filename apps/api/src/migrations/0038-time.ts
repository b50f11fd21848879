import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CHINA_KNOWN_UNTIL, CHINA_OFF, CHINA_WORKED } from './china-holidays.ts';

const WEEKDAYS = '00000000-0000-4000-8000-000000000381';
const CHINA = '00000000-0000-4000-8000-000000000382';

/** Calendars of working days, the zone and the calendar of a project, and when people work: their pattern and their days off. */
export class Time1764000000038 implements MigrationInterface {
  name = 'Time1764000000038';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE calendar (
        id uuid PRIMARY KEY,
        -- Of those that are there from the start, until somebody renames them: screens name them in the reader's language.
        key text UNIQUE,
        name text NOT NULL,
        name_key text NOT NULL CONSTRAINT calendar_name UNIQUE,
        -- Days of the week that are worked: Monday is 1, Sunday 7.
        weekdays integer[] NOT NULL CHECK (cardinality(weekdays) BETWEEN 1 AND 7 AND weekdays <@ '{1,2,3,4,5,6,7}'),
        -- The last day whose holidays are announced; null: none are to come.
        known_until date,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      -- Days that are not as their weekday says.
      CREATE TABLE calendar_day (
        calendar_id uuid NOT NULL REFERENCES calendar ON DELETE CASCADE,
        day date NOT NULL,
        works boolean NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (calendar_id, day)
      );
      INSERT INTO calendar (id, key, name, name_key, weekdays, known_until) VALUES
        ('${WEEKDAYS}', 'WEEKDAYS', 'Monday to Friday', 'monday to friday', '{1,2,3,4,5}', NULL),
        ('${CHINA}', 'CHINA', 'China', 'china', '{1,2,3,4,5}', '${CHINA_KNOWN_UNTIL}');

      ALTER TABLE project ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC',
        ADD COLUMN calendar_id uuid NOT NULL DEFAULT '${WEEKDAYS}' REFERENCES calendar;
      CREATE INDEX project_calendar ON project (calendar_id);
      -- What held when is asked of the log.
      CREATE INDEX activity_time ON activity (entity_id, seq) WHERE entity IN ('PROJECT', 'CALENDAR');

      -- Minutes that a person works on each day of a week, Monday first, and by which calendar.
      CREATE TABLE working_pattern (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        minutes integer[] NOT NULL CHECK (cardinality(minutes) = 7 AND 0 <= ALL (minutes) AND 1440 >= ALL (minutes)),
        calendar_id uuid NOT NULL REFERENCES calendar,
        from_date date,
        to_date date,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        known_from timestamptz NOT NULL DEFAULT effective_moment(),
        CONSTRAINT working_pattern_overlap EXCLUDE USING gist (uuid_range(user_id, user_id, '[]') WITH &&, daterange(from_date, to_date, '[]') WITH &&)
      );
      CREATE INDEX working_pattern_calendar ON working_pattern (calendar_id);
      CREATE TABLE working_pattern_superseded (
        id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        minutes integer[] NOT NULL,
        -- Its calendar may be gone: the row stays.
        calendar_id uuid NOT NULL,
        from_date date,
        to_date date,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL,
        PRIMARY KEY (id, known_from),
        CHECK (known_from < known_to)
      );
      CREATE INDEX working_pattern_superseded_user ON working_pattern_superseded (user_id, known_to);
      CREATE TRIGGER working_pattern_keep_superseded BEFORE UPDATE OR DELETE ON working_pattern FOR EACH ROW EXECUTE FUNCTION keep_superseded();

      -- Days on which a person does not work. Why is nobody's business here.
      CREATE TABLE time_off (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        from_date date NOT NULL,
        to_date date NOT NULL,
        -- Half of the first day is worked, and half of the last.
        from_noon boolean NOT NULL DEFAULT false,
        until_noon boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (from_date <= to_date AND NOT (from_date = to_date AND from_noon AND until_noon)),
        CONSTRAINT time_off_overlap EXCLUDE USING gist (uuid_range(user_id, user_id, '[]') WITH &&, daterange(from_date, to_date, '[]') WITH &&)
      );
      CREATE INDEX time_off_user ON time_off (user_id, from_date);
    `);
    for (const [works, stretches] of [[false, CHINA_OFF] as const, [true, CHINA_WORKED] as const])
      await db.query(
        /* sql */ `INSERT INTO calendar_day (calendar_id, day, works, name)
          SELECT $1, d::date, $2, s.name FROM unnest($3::text[], $4::date[], $5::date[]) AS s (name, first, last), generate_series(s.first, s.last, '1 day') d`,
        [CHINA, works, ...[0, 1, 2].map((part) => stretches.map((stretch) => stretch[part]))],
      );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TABLE time_off, working_pattern, working_pattern_superseded;
      DROP INDEX activity_time;
      ALTER TABLE project DROP COLUMN time_zone, DROP COLUMN calendar_id;
      DROP TABLE calendar_day, calendar;
    `);
  }
}
