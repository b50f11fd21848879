import type { MigrationInterface, QueryRunner } from 'typeorm';
import { earlierStates, type LoggedChange, type State } from './earlier-states.ts';

/** Rows of one INSERT: their values travel as one JSON text. */
const CHUNK = 2_000;

/**
 * Memberships become effective rows: a person may have several stretches in one team and role, which never overlap, and what was known
 * before a change is kept. What earlier versions changed in place is taken from the log as far as it tells.
 */
export class EffectiveMemberships1764000000027 implements MigrationInterface {
  name = 'EffectiveMemberships1764000000027';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- Equality of ids in an exclusion constraint, without an extension that a database may lack: a range of one id overlaps itself alone.
      CREATE TYPE uuid_range AS RANGE (subtype = uuid);

      -- The moment from which on a transaction's writes are known: the one it took with its lock, or now.
      CREATE FUNCTION effective_moment() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
        SELECT COALESCE(NULLIF(current_setting('trainyard.known_at', true), '')::timestamptz, clock_timestamp()) $$;

      -- One writer a key: the moment is taken when nobody else can write about it any more.
      CREATE FUNCTION hold_effective(lock_class integer, key text) RETURNS timestamptz LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock(lock_class, hashtext(key));
          PERFORM set_config('trainyard.known_at', clock_timestamp()::text, true);
          RETURN effective_moment();
        END $$;

      -- For every table of effective rows: what a change or a removal replaces goes to <table>_superseded, whoever writes.
      CREATE FUNCTION keep_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          -- A clock that was set back must not make what is known now older than what it replaces.
          moment timestamptz := greatest(effective_moment(), OLD.known_from + interval '1 microsecond');
          kept text := quote_ident(TG_TABLE_NAME || '_superseded');
        BEGIN
          EXECUTE 'INSERT INTO ' || kept || ' SELECT (jsonb_populate_record(NULL::' || kept || ', $1)).*'
            USING to_jsonb(OLD) || jsonb_build_object('known_to', moment);
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          NEW.known_from := moment;
          RETURN NEW;
        END $$;

      ALTER TABLE membership ADD COLUMN known_from timestamptz NOT NULL DEFAULT effective_moment();
      UPDATE membership SET known_from = created_at;
      ALTER TABLE membership DROP CONSTRAINT membership_team_id_user_id_role_id_key,
        ADD CONSTRAINT membership_overlap EXCLUDE USING gist (
          uuid_range(user_id, user_id, '[]') WITH &&, uuid_range(team_id, team_id, '[]') WITH &&, uuid_range(role_id, role_id, '[]') WITH &&,
          daterange(from_date, to_date, '[]') WITH &&);
      CREATE INDEX membership_team ON membership (team_id);

      -- What was known before. Its team may be gone: the row stays.
      CREATE TABLE membership_superseded (
        id uuid NOT NULL,
        team_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        role_id uuid NOT NULL REFERENCES role,
        team_role text NOT NULL,
        allocation integer NOT NULL,
        from_date date,
        to_date date,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL,
        PRIMARY KEY (id, known_from),
        CHECK (known_from < known_to)
      );
      CREATE INDEX membership_superseded_team ON membership_superseded (team_id, known_to);
      CREATE INDEX membership_superseded_user ON membership_superseded (user_id, known_to);
    `);
    await this.rebuild(db);
    await db.query(/* sql */ `
      CREATE TRIGGER membership_keep_superseded BEFORE UPDATE OR DELETE ON membership FOR EACH ROW EXECUTE FUNCTION keep_superseded();
    `);
  }

  /** What was known when, from the log: the states before the one of now, and those of memberships that are gone. */
  private async rebuild(db: QueryRunner): Promise<void> {
    const current = (await db.query(/* sql */ `
      SELECT id, team_id AS "teamId", user_id AS "userId", role_id AS "roleId", team_role AS "teamRole", allocation,
        from_date::text AS "fromDate", to_date::text AS "toDate", version, created_at::text AS "createdAt" FROM membership`)) as State[];
    const logged = (await db.query(/* sql */ `
      SELECT entity_id AS id, action, changes, at::text AS at FROM activity WHERE entity = 'MEMBERSHIP' ORDER BY seq`)) as LoggedChange[];
    const { states, knownFrom } = earlierStates(current, logged);
    for (let from = 0; from < states.length; from += CHUNK)
      await db.query(
        /* sql */ `INSERT INTO membership_superseded
          SELECT s.id, s."teamId", s."userId", s."roleId", s."teamRole", s.allocation, s."fromDate", s."toDate", s.version, s."createdAt", s."knownFrom", s."knownTo"
          FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, "teamId" uuid, "userId" uuid, "roleId" uuid, "teamRole" text, allocation integer,
            "fromDate" date, "toDate" date, version integer, "createdAt" timestamptz, "knownFrom" timestamptz, "knownTo" timestamptz)
          JOIN app_user u ON u.id = s."userId" JOIN role r ON r.id = s."roleId"
          WHERE s."knownFrom" < s."knownTo"`,
        [JSON.stringify(states.slice(from, from + CHUNK))],
      );
    await db.query(/* sql */ `UPDATE membership m SET known_from = k.at FROM jsonb_to_recordset($1::jsonb) AS k (id uuid, at timestamptz) WHERE k.id = m.id`, [
      JSON.stringify(knownFrom),
    ]);
  }

  /** Of several stretches in one team and role the earlier tables hold one: the latest. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TRIGGER membership_keep_superseded ON membership;
      DELETE FROM membership m USING membership o
        WHERE o.team_id = m.team_id AND o.user_id = m.user_id AND o.role_id = m.role_id AND o.id <> m.id
          AND COALESCE(o.from_date, '-infinity') > COALESCE(m.from_date, '-infinity');
      DROP TABLE membership_superseded;
      DROP INDEX membership_team;
      ALTER TABLE membership DROP CONSTRAINT membership_overlap, DROP COLUMN known_from, ADD UNIQUE (team_id, user_id, role_id);
      DROP FUNCTION keep_superseded(), hold_effective(integer, text), effective_moment();
      DROP TYPE uuid_range;
    `);
  }
}
