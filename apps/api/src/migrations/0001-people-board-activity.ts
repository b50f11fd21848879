import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People and their rights, teams, the board, and the log that everything else reads. */
export class PeopleBoardActivity1764000000001 implements MigrationInterface {
  name = 'PeopleBoardActivity1764000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- One organisation an installation: the row makes the name and the scope of its log.
      CREATE TABLE organisation (
        id uuid PRIMARY KEY,
        single boolean NOT NULL DEFAULT true UNIQUE CHECK (single),
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE app_user (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        password_hash text NOT NULL,
        org_role text NOT NULL CHECK (org_role IN ('OWNER', 'ADMIN', 'MEMBER', 'VIEWER')),
        locale text CHECK (locale IN ('EN', 'ZH')),
        disabled boolean NOT NULL DEFAULT false,
        demo_password boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));

      CREATE TABLE session (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        token_hash bytea NOT NULL UNIQUE,
        user_agent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX session_by_user ON session (user_id);

      CREATE TABLE access_token (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        name text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX access_token_user ON access_token (user_id);

      -- Failed sign-ins by address and by account; kept in the database so that every api process counts the same.
      CREATE TABLE sign_in_throttle (
        key text PRIMARY KEY,
        failures integer NOT NULL,
        last_failure_at timestamptz NOT NULL,
        blocked_until timestamptz
      );

      CREATE TABLE team (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        description text NOT NULL DEFAULT '',
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX team_name ON team (lower(name));

      CREATE TABLE role (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE,
        role_group text NOT NULL CHECK (role_group IN ('CORE_RND', 'TECHNICAL_SUPPORT', 'PROJECT_MANAGEMENT')),
        name_en text NOT NULL,
        name_zh text NOT NULL
      );

      CREATE TABLE membership (
        id uuid PRIMARY KEY,
        team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        role_id uuid NOT NULL REFERENCES role,
        team_role text NOT NULL CHECK (team_role IN ('LEAD', 'MEMBER', 'VIEWER')),
        allocation integer NOT NULL CHECK (allocation BETWEEN 0 AND 100),
        from_date date,
        to_date date,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (from_date IS NULL OR to_date IS NULL OR from_date <= to_date),
        UNIQUE (team_id, user_id, role_id)
      );
      CREATE INDEX membership_user ON membership (user_id);

      CREATE TABLE project (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE CHECK (key ~ '^[A-Z][A-Z0-9]{1,9}$'),
        name text NOT NULL,
        description text NOT NULL DEFAULT '',
        visibility text NOT NULL CHECK (visibility IN ('OPEN', 'PRIVATE')),
        team_id uuid NOT NULL REFERENCES team,
        last_ticket_number integer NOT NULL DEFAULT 0,
        last_run_number integer NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX project_team ON project (team_id);

      CREATE TABLE board (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('SCRUM', 'KANBAN')),
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX board_project ON board (project_id);

      CREATE TABLE board_column (
        id uuid PRIMARY KEY,
        board_id uuid NOT NULL REFERENCES board ON DELETE CASCADE,
        name text NOT NULL,
        category text NOT NULL CHECK (category IN ('TODO', 'DOING', 'DONE')),
        wip_limit integer CHECK (wip_limit > 0),
        wip_policy text NOT NULL DEFAULT 'WARN' CHECK (wip_policy IN ('WARN', 'REFUSE')),
        rank text COLLATE "C" NOT NULL,
        -- Kept by the same transactions that move cards, so that opening a board never counts them.
        ticket_count integer NOT NULL DEFAULT 0 CHECK (ticket_count >= 0),
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX board_column_board ON board_column (board_id, rank);

      CREATE TABLE label (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        color text NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
      CREATE UNIQUE INDEX label_name ON label (project_id, lower(name));

      CREATE TABLE ticket (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        board_id uuid NOT NULL REFERENCES board ON DELETE CASCADE,
        column_id uuid NOT NULL REFERENCES board_column,
        number integer NOT NULL,
        rank text COLLATE "C" NOT NULL,
        type text NOT NULL CHECK (type IN ('EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT')),
        stage text CHECK (stage IN ('DATA', 'PREPROCESSING', 'TRAINING', 'EVALUATION', 'DEPLOYMENT', 'MONITORING')),
        title text NOT NULL,
        description text NOT NULL DEFAULT '',
        points real CHECK (points >= 0),
        assignee_id uuid REFERENCES app_user,
        -- Ids of the project's labels; an array keeps a card one row.
        label_ids uuid[] NOT NULL DEFAULT '{}',
        comment_count integer NOT NULL DEFAULT 0,
        latest_run_id uuid,
        created_by uuid REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        UNIQUE (project_id, number)
      ) WITH (fillfactor = 80);
      CREATE INDEX ticket_place ON ticket (column_id, rank, id) WHERE deleted_at IS NULL;
      CREATE INDEX ticket_assignee ON ticket (assignee_id) WHERE deleted_at IS NULL;
      CREATE INDEX ticket_board ON ticket (board_id);

      CREATE TABLE comment (
        id uuid PRIMARY KEY,
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        author_id uuid REFERENCES app_user,
        body text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        edited_at timestamptz,
        deleted_at timestamptz,
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX comment_ticket ON comment (ticket_id, created_at, id);

      -- The spine. A scope is a project or the organisation; its row lock makes seq follow commit order.
      CREATE TABLE activity_scope (
        id uuid PRIMARY KEY,
        seq bigint NOT NULL DEFAULT 0
      ) WITH (fillfactor = 50);

      CREATE TABLE activity (
        scope uuid NOT NULL,
        seq bigint NOT NULL,
        entity text NOT NULL,
        entity_id uuid NOT NULL,
        ticket_id uuid,
        action text NOT NULL CHECK (action IN ('CREATED', 'UPDATED', 'MOVED', 'DELETED', 'RERANKED')),
        changes jsonb NOT NULL DEFAULT '{}',
        actor_id uuid REFERENCES app_user,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (scope, seq)
      );
      CREATE INDEX activity_ticket ON activity (ticket_id, seq) WHERE ticket_id IS NOT NULL;

      CREATE FUNCTION activity_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'activity is append-only'; END $$;
      CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity
        FOR EACH ROW EXECUTE FUNCTION activity_is_append_only();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TABLE activity, activity_scope, comment, ticket, label, board_column, board, project, membership, role, team,
        sign_in_throttle, access_token, session, app_user, organisation;
      DROP FUNCTION activity_is_append_only();
    `);
  }
}
