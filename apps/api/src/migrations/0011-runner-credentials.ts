import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A token of its own for each runner, which can be revoked; and runners told apart by more than their name. */
export class RunnerCredentials1764000000011 implements MigrationInterface {
  name = 'RunnerCredentials1764000000011';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE runner_credential (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        -- Null: a start made it for the runner it brings along.
        created_by uuid REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz
      );
      ALTER TABLE runner DROP CONSTRAINT runner_name_key,
        -- Null: it came with the token that the whole installation shares.
        ADD COLUMN credential_id uuid UNIQUE REFERENCES runner_credential,
        -- Of the folder it works in. Null: of a version that did not say.
        ADD COLUMN instance uuid;
      CREATE UNIQUE INDEX runner_instance ON runner (instance) WHERE credential_id IS NULL;
      CREATE UNIQUE INDEX runner_name ON runner (name) WHERE credential_id IS NULL AND instance IS NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE runner DROP COLUMN credential_id, DROP COLUMN instance;
      ALTER TABLE runner ADD CONSTRAINT runner_name_key UNIQUE (name);
      DROP TABLE runner_credential;
    `);
  }
}
