import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored bytes, datasets, runners, runs with their attempts, and what runners report. */
export class TrainingDatasets1764000000002 implements MigrationInterface {
  name = 'TrainingDatasets1764000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- A file in the data directory, named by its content; rows that need it refer to it, so none is deleted too early.
      CREATE TABLE blob (
        digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
        size bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      -- Bytes somebody sent that no dataset has taken yet.
      CREATE TABLE upload (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        name text NOT NULL,
        digest text NOT NULL REFERENCES blob,
        size bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX upload_digest ON upload (digest);
      CREATE INDEX upload_created ON upload (created_at);

      CREATE TABLE runner (
        id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE,
        host text NOT NULL,
        version text NOT NULL,
        cores integer NOT NULL,
        memory_mib integer NOT NULL,
        concurrency integer NOT NULL,
        engines jsonb NOT NULL,
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 70);

      CREATE TABLE dataset (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('IDX', 'CSV', 'SYNTHETIC')),
        source text NOT NULL CHECK (source IN ('UPLOAD', 'PATH', 'SYNTHETIC')),
        state text NOT NULL DEFAULT 'CHECKING' CHECK (state IN ('CHECKING', 'READY', 'INVALID')),
        -- Null: the whole organisation's.
        project_id uuid REFERENCES project ON DELETE CASCADE,
        synthetic text CHECK (synthetic IN ('COMPARISON', 'STROKE_DIGITS')),
        samples integer,
        seed bigint,
        error_code text,
        error_params jsonb,
        digest text,
        sample_count integer,
        test_count integer,
        input_shape integer[] NOT NULL DEFAULT '{}',
        size_bytes bigint,
        -- Classes, columns and preview, as the runner found them.
        classes jsonb NOT NULL DEFAULT '[]',
        columns jsonb NOT NULL DEFAULT '[]',
        preview jsonb,
        -- The inspection: claimed like an attempt; given up after a few lost claims.
        epoch integer NOT NULL DEFAULT 0,
        lease_until timestamptz,
        runner_id uuid REFERENCES runner ON DELETE SET NULL,
        inspections integer NOT NULL DEFAULT 0,
        rings integer NOT NULL DEFAULT 0,
        rung_at timestamptz,
        created_by uuid REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX dataset_newest ON dataset (created_at DESC, id DESC);
      CREATE INDEX dataset_project ON dataset (project_id);
      CREATE INDEX dataset_checking ON dataset (rung_at) WHERE state = 'CHECKING';

      CREATE TABLE dataset_file (
        dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('IMAGES', 'LABELS', 'TEST_IMAGES', 'TEST_LABELS', 'TABLE')),
        digest text REFERENCES blob,
        size bigint,
        name text,
        path text,
        PRIMARY KEY (dataset_id, role),
        CHECK ((digest IS NULL) <> (path IS NULL))
      );
      CREATE INDEX dataset_file_digest ON dataset_file (digest);

      CREATE TABLE run (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        number integer NOT NULL,
        template text NOT NULL,
        engine text NOT NULL,
        -- Frozen when queued (RunSpec, RunLimits).
        spec jsonb NOT NULL,
        limits jsonb NOT NULL,
        dataset_id uuid REFERENCES dataset ON DELETE SET NULL,
        dataset_digest text NOT NULL,
        -- The newest attempt; only its results count. Its state is repeated here for lists.
        attempt_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
        created_by uuid REFERENCES app_user,
        queued_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        ended_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        UNIQUE (project_id, number)
      ) WITH (fillfactor = 80);
      CREATE INDEX run_ticket ON run (ticket_id, number);
      CREATE INDEX run_going ON run (project_id) WHERE state IN ('QUEUED', 'STARTING', 'RUNNING');
      CREATE INDEX run_ended ON run (project_id, ended_at) WHERE ended_at IS NOT NULL;
      CREATE INDEX run_dataset ON run (dataset_id);
      ALTER TABLE ticket ADD CONSTRAINT ticket_latest_run FOREIGN KEY (latest_run_id) REFERENCES run ON DELETE SET NULL;

      CREATE TABLE attempt (
        id uuid PRIMARY KEY,
        run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
        number integer NOT NULL,
        state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
        -- How often it was claimed: the fence of every write.
        epoch integer NOT NULL DEFAULT 0,
        lease_until timestamptz,
        cancel_requested boolean NOT NULL DEFAULT false,
        runner_id uuid REFERENCES runner ON DELETE SET NULL,
        -- How often and when the queue was last told.
        rings integer NOT NULL DEFAULT 0,
        rung_at timestamptz,
        waiting text CHECK (waiting IN ('NO_RUNNER', 'NO_ENGINE', 'BUSY', 'RETRYING')),
        -- Reports below this number of the living epoch are already stored.
        next_seq integer NOT NULL DEFAULT 0,
        -- What a card shows.
        phase text,
        step bigint NOT NULL DEFAULT 0,
        total_steps bigint NOT NULL DEFAULT 0,
        training_epoch integer NOT NULL DEFAULT 0,
        total_epochs integer NOT NULL DEFAULT 0,
        samples_per_second double precision,
        elapsed_ms double precision,
        remaining_ms double precision,
        headline jsonb,
        spark jsonb,
        tick integer NOT NULL DEFAULT 0,
        -- What really ran.
        engine text,
        device text,
        is_gpu boolean,
        versions jsonb,
        host text,
        parameter_count bigint,
        failure_code text,
        failure_message text,
        result jsonb,
        queued_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        ended_at timestamptz,
        UNIQUE (run_id, number)
      ) WITH (fillfactor = 50);
      CREATE INDEX attempt_queued ON attempt (queued_at) WHERE state = 'QUEUED';
      CREATE INDEX attempt_claimed ON attempt (runner_id) WHERE state IN ('STARTING', 'RUNNING');

      -- Each time it was claimed. A later claim that resumed after a step supersedes what earlier ones reported beyond it.
      CREATE TABLE attempt_claim (
        attempt_id uuid NOT NULL REFERENCES attempt ON DELETE CASCADE,
        epoch integer NOT NULL,
        runner_id uuid REFERENCES runner ON DELETE SET NULL,
        claimed_at timestamptz NOT NULL DEFAULT now(),
        -- Null until it trains; 0: it began afresh.
        resumed_from_step bigint,
        PRIMARY KEY (attempt_id, epoch)
      );

      CREATE TABLE checkpoint (
        attempt_id uuid NOT NULL REFERENCES attempt ON DELETE CASCADE,
        epoch integer NOT NULL,
        step bigint NOT NULL,
        training_epoch integer NOT NULL,
        digest text NOT NULL REFERENCES blob,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (attempt_id, epoch, step)
      );
      CREATE INDEX checkpoint_digest ON checkpoint (digest);

      CREATE TABLE artifact (
        id uuid PRIMARY KEY,
        attempt_id uuid NOT NULL REFERENCES attempt ON DELETE CASCADE,
        epoch integer NOT NULL,
        name text NOT NULL,
        digest text NOT NULL REFERENCES blob,
        size bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (attempt_id, name)
      );
      CREATE INDEX artifact_digest ON artifact (digest);

      -- At most 256 points: those of the steps [256 slot, 256 slot + 255] that one claim reported of one series.
      -- data: 12 bytes a point, step as int32 and value as float64, little endian. Extremes are over finite values only.
      CREATE TABLE metric_chunk (
        attempt_id uuid NOT NULL REFERENCES attempt ON DELETE CASCADE,
        series text NOT NULL,
        slot integer NOT NULL,
        epoch integer NOT NULL,
        count integer NOT NULL,
        from_step integer NOT NULL,
        to_step integer NOT NULL,
        min double precision,
        min_step integer,
        max double precision,
        max_step integer,
        data bytea NOT NULL,
        PRIMARY KEY (attempt_id, series, slot, epoch)
      ) WITH (fillfactor = 80);
      -- Numbers hardly compress; out of line, a scan of the extremes never touches them.
      ALTER TABLE metric_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

      CREATE TABLE log_line (
        attempt_id uuid NOT NULL REFERENCES attempt ON DELETE CASCADE,
        epoch integer NOT NULL,
        line integer NOT NULL,
        at timestamptz NOT NULL,
        stream text NOT NULL CHECK (stream IN ('OUT', 'ERR', 'RUNNER')),
        text text NOT NULL,
        PRIMARY KEY (attempt_id, epoch, line)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE ticket DROP CONSTRAINT ticket_latest_run;
      DROP TABLE log_line, metric_chunk, artifact, checkpoint, attempt_claim, attempt, run, dataset_file, dataset, runner, upload, blob;
    `);
  }
}
