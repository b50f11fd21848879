DELETE
  FROM label
  WHERE id = $1;

INSERT INTO label (id, project_id, name, name_key, color)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO project (id, key, name, description, visibility, team_id, time_zone, calendar_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

INSERT INTO project_pin (user_id, project_id)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING;

SELECT (SELECT count(*)::int
  FROM project
  WHERE calendar_id = $1) AS projects, (SELECT count(DISTINCT user_id)::int
  FROM working_pattern
  WHERE calendar_id = $1) AS people;

SELECT
  FROM project
  WHERE id = $1 FOR NO KEY UPDATE;

SELECT
  FROM project p
  JOIN activity a ON a.entity_id = p.id AND a.entity = 'PROJECT' AND a.changes #>> '{calendarId,from}' = $1 LIMIT 1;

SELECT
  FROM retired_project_key
  WHERE key = $1;

SELECT a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes AS changes, a.actor_id AS "actorId", a.at, a.cause_seq::int AS "causedBy", COALESCE(a.depth, 0)::int AS depth, a.firing_id AS "firingId", actor.name AS "actorName", p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.number AS "runNumber"
  FROM project p
  CROSS JOIN LATERAL ( SELECT *
  FROM activity newest
  WHERE newest.scope = p.id AND newest.at >= (date_trunc('day', now() AT TIME ZONE $5) - interval '1 day') AT TIME ZONE $5 AND (newest.entity = 'TICKET' AND newest.action <> 'DELETED' AND (newest.action = 'CREATED' OR newest.changes ?| '{state,columnId,assigneeId}') AND (newest.changes #>> '{columnId,from}') IS DISTINCT
  FROM COALESCE(newest.changes #>> '{columnId,to}', '-') OR newest.entity = 'COMMENT' AND newest.action = 'CREATED' OR newest.entity = 'RUN' AND newest.changes #>> '{state,to}' IN ('SUCCEEDED', 'FAILED'))
  ORDER BY newest.seq DESC LIMIT $4 ) a
  JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN app_user actor ON actor.id = a.actor_id
  WHERE p.archived_at IS NULL AND ($3::uuid IS NULL OR p.id = $3) AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  ORDER BY a.at DESC, a.scope, a.seq DESC LIMIT $4;

SELECT count(*)::int AS count
  FROM label
  WHERE project_id = $1;

SELECT count(*)::int AS count
  FROM project
  WHERE team_id = $1;

SELECT l.id, l.name
  FROM label l
  WHERE l.project_id = $1;

SELECT l.id, l.name, l.color, l.version
  FROM label l
  WHERE l.id = $1;

SELECT l.id, l.name, l.color, l.version, l.project_id AS "projectId"
  FROM label l
  WHERE l.project_id = ANY ($1::uuid[])
  ORDER BY l.name_key, l.id;

SELECT l.id, l.name, l.color, l.version, p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM label l
  JOIN project p ON p.id = l.project_id
  WHERE l.id = $1 FOR NO KEY UPDATE OF l;

SELECT l.id, l.name, l.color, l.version, p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM label l
  JOIN project p ON p.id = l.project_id
  WHERE l.id = $1 FOR UPDATE OF l;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM project p
  WHERE p.id = $1;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM project p
  WHERE p.id = $1 FOR NO KEY UPDATE;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.last_backlog_rank AS "lastRank"
  FROM project p
  WHERE ($1::uuid IS NULL OR p.id = $1) AND ($2::uuid IS NULL OR p.id = (SELECT b.project_id
  FROM board_column c
  JOIN board b ON b.id = c.board_id
  WHERE c.id = $2)) FOR NO KEY UPDATE;

SELECT p.id
  FROM project p
  WHERE p.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT p.id
  FROM project p
  WHERE p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT p.id, p.key, p.name, p.archived_at IS NOT NULL AS archived, p.time_zone AS "timeZone"
  FROM project p
  WHERE p.id = $1;

SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt"
  FROM project p
  WHERE p.id = $1 FOR NO KEY UPDATE;

SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt", s.seq::int AS seq
  FROM project p
  JOIN activity_scope s ON s.id = p.id
  WHERE (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))) AND p.id = $3;

SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt", s.seq::int AS seq
  FROM project p
  JOIN activity_scope s ON s.id = p.id
  WHERE (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))) AND p.id = ANY ($3::uuid[]);

SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt", s.seq::int AS seq
  FROM project p
  JOIN activity_scope s ON s.id = p.id
  WHERE (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))) AND p.state = ANY ($3::text[]) AND ($4::uuid[] IS NULL OR p.id = ANY ($4))
  ORDER BY p.key;

SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt", s.seq::int AS seq
  FROM project p
  JOIN activity_scope s ON s.id = p.id
  WHERE p.id = $1;

SELECT p.id, p.team_id AS "teamId", p.time_zone AS "timeZone"
  FROM project p
  WHERE p.id = ANY ($1::uuid[]);

SELECT p.id, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM project p
  WHERE p.id = $1;

SELECT p.key
  FROM project p
  WHERE p.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT p.time_zone AS "timeZone", p.calendar_id::text AS "calendarId"
  FROM project p
  WHERE p.id = $1;

SELECT p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM project p
  WHERE p.id = $1;

SELECT p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM project p
  WHERE p.id = $1 FOR NO KEY UPDATE;

SELECT project_id AS id
  FROM project_pin
  WHERE user_id = $1 AND project_id = ANY ($2::uuid[]);

UPDATE label
  SET name = $2, name_key = $3, color = $4, version = version + 1
  WHERE id = $1;

UPDATE project
  SET last_backlog_rank = $2
  WHERE id = $1 AND last_backlog_rank < $2;

UPDATE project
  SET last_run_number = last_run_number + $2::int
  WHERE id = $1
  RETURNING last_run_number - $2::int + 1 AS number;

UPDATE project
  SET name = COALESCE($2, name), description = COALESCE($3, description), visibility = COALESCE($4, visibility), team_id = COALESCE($5::uuid, team_id), time_zone = COALESCE($6, time_zone), calendar_id = COALESCE($7::uuid, calendar_id), version = version + 1
  WHERE id = $1;

UPDATE project
  SET state = $2, version = version + 1, archived_at = CASE $2 WHEN 'ACTIVE' THEN NULL WHEN 'ARCHIVED' THEN COALESCE(archived_at, now()) ELSE archived_at END, deleted_at = CASE $2 WHEN 'DELETED' THEN now() END
  WHERE id = $1;

WITH numbered AS ( UPDATE project
  SET last_ticket_number = last_ticket_number + 1, last_backlog_rank = $5
  WHERE id = $2
  RETURNING last_ticket_number AS number ), counted AS ( UPDATE board_column
  SET ticket_count = ticket_count + 1
  WHERE id = $4 ), subject AS ( INSERT INTO subject (id, kind) SELECT $1, 'TICKET'
  FROM numbered ), t AS ( INSERT INTO ticket (id, project_id, number, backlog_rank, state, resolution, ended_at, sprint_id, created_by, title, type, priority, parent_id, stage, points, device_hours, start_date, due_date, assignee_id, label_ids) SELECT $1, $2, numbered.number, $5, $6, $7, CASE WHEN $6 = 'DONE' THEN now() END, $11::uuid, $8, n.title, n.type, n.priority, n.parent_id, n.stage, n.points, n.device_hours, n.start_date, n.due_date, n.assignee_id, n.label_ids
  FROM numbered, jsonb_populate_record(NULL::ticket, $9::jsonb) n
  RETURNING * ), written AS ( INSERT INTO ticket_text (ticket_id, description) SELECT t.id, $9::jsonb ->> 'description'
  FROM t
  WHERE $9::jsonb ->> 'description' <> '' ), place AS ( INSERT INTO placement (ticket_id, board_id, column_id, rank) SELECT t.id, $3, $4, $10
  FROM t
  WHERE $4::uuid IS NOT NULL
  RETURNING * ) SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM t
  LEFT JOIN place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id;
