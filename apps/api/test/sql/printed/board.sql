DELETE
  FROM board
  WHERE id = $1;

DELETE
  FROM board_column
  WHERE id = $1;

DELETE
  FROM column_check
  WHERE column_id = $1 AND id <> ALL ($2::uuid[]);

DELETE
  FROM placement
  WHERE board_id = $1;

INSERT INTO board (id, project_id, name, kind, rank)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO board_column (id, board_id, name, category, rank)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO board_column (id, board_id, name, category, wip_limit, wip_policy, rank) SELECT n.id, $1, n.name, n.category, n.wip_limit, n.wip_policy, n.rank
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[]) AS n (id, name, category, wip_limit, wip_policy, rank);

INSERT INTO column_check (id, column_id, text, position) SELECT item.id, $1, item.text, item.place
  FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS item (id, text, place)
  ON CONFLICT (id) DO UPDATE
  SET text = excluded.text, position = excluded.position;

INSERT INTO ticket_check (ticket_id, check_id, done_by)
  VALUES ($1, $2, $3);

SELECT
  FROM board_column
  WHERE id = ANY ($1::uuid[])
  ORDER BY id FOR NO KEY UPDATE;

SELECT
  FROM placement k
  JOIN ticket t ON t.id = k.ticket_id
  WHERE k.board_id = $1 AND NOT k.hidden
  ORDER BY t.id FOR NO KEY UPDATE OF t;

SELECT b.id, b.name
  FROM board b
  WHERE b.project_id = $1;

SELECT b.id, b.project_id AS "projectId", b.kind, b.archived_at IS NOT NULL AS archived, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM board b
  JOIN project p ON p.id = b.project_id
  WHERE b.id = $1 FOR SHARE OF b;

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version
  FROM board b
  JOIN project p ON p.id = b.project_id
  WHERE b.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version
  FROM board b
  WHERE b.id = $1;

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version
  FROM board b
  WHERE b.project_id = ANY ($1::uuid[])
  ORDER BY b.rank, b.id;

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version, b.rank, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM board b
  JOIN project p ON p.id = b.project_id
  WHERE b.id = $1 FOR NO KEY UPDATE OF b;

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version, b.rank, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM board b
  JOIN project p ON p.id = b.project_id
  WHERE b.id = (SELECT board_id
  FROM board_column
  WHERE id = $1) FOR NO KEY UPDATE OF b;

SELECT b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version, to_json(project) AS project, COALESCE((SELECT json_agg(item)
  FROM (SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  WHERE c.board_id = b.id
  ORDER BY c.rank, c.id) item), '[]') AS columns
  FROM board b
  JOIN project p ON p.id = b.project_id
  CROSS JOIN LATERAL ( SELECT p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId", p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => 14) AS "erasedAt", (SELECT s.seq
  FROM activity_scope s
  WHERE s.id = p.id), (SELECT to_json(t)
  FROM (SELECT t.id, t.name, t.description, t.version, t.deleted_at AS "deletedAt", (SELECT count(DISTINCT m.user_id)::int
  FROM membership m
  WHERE m.team_id = t.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS "memberCount"
  FROM team t
  WHERE t.id = p.team_id) t) AS team, COALESCE((SELECT json_agg(item)
  FROM (SELECT o.id, o.project_id AS "projectId", o.name, o.kind, o.archived_at IS NOT NULL AS archived, o.version
  FROM board o
  WHERE o.project_id = p.id AND o.archived_at IS NULL
  ORDER BY o.rank, o.id) item), '[]') AS boards, COALESCE((SELECT json_agg(item)
  FROM (SELECT l.id, l.name, l.color, l.version
  FROM label l
  WHERE l.project_id = p.id
  ORDER BY l.name_key, l.id) item), '[]') AS labels ) project
  WHERE b.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT c.id AS "columnId", c.required_fields AS "requiredFields", COALESCE((SELECT json_agg(json_build_object('id', k.id, 'text', k.text)
  ORDER BY k.position, k.id)
  FROM column_check k
  WHERE k.column_id = c.id), '[]') AS checks
  FROM board_column c
  WHERE c.id = ANY ($1::uuid[]);

SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  JOIN board b ON b.id = c.board_id
  JOIN project p ON p.id = b.project_id
  WHERE c.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  WHERE c.board_id = ANY ($1::uuid[])
  ORDER BY c.rank, c.id;

SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  WHERE c.id = $1;

SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  WHERE c.id = $1 FOR UPDATE;

SELECT c.id, c.category, b.id AS "boardId", b.name AS board
  FROM board_column c
  JOIN board b ON b.id = c.board_id
  WHERE b.id IN (SELECT k.board_id
  FROM placement k
  WHERE k.ticket_id = ANY ($1::uuid[]) AND NOT k.hidden)
  ORDER BY c.rank, c.id;

SELECT c.id, c.name, c.category, b.id AS "boardId", b.name AS board
  FROM board_column c
  JOIN board b ON b.id = c.board_id
  WHERE b.project_id = $1;

SELECT c.id, c.name, c.category, c.board_id AS "boardId", b.archived_at IS NOT NULL AS archived, c.ticket_count AS count, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", b.sprint_ids AS "sprintIds", c.required_fields AS "requiredFields", EXISTS (SELECT
  FROM column_check k
  WHERE k.column_id = c.id) AS "hasChecks", p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM board_column c
  JOIN board b ON b.id = c.board_id
  JOIN project p ON p.id = b.project_id
  WHERE c.id = $1;

SELECT c.id, c.name, c.version, c.ticket_count AS cards, (SELECT count(*)::int
  FROM placement k
  JOIN ticket t ON t.id = k.ticket_id
  WHERE k.column_id = c.id AND NOT k.hidden AND t.sprint_id = ANY (b.sprint_ids)) AS "ofSprint", (SELECT n.name
  FROM board_column n
  WHERE n.board_id = b.id AND n.id <> c.id
  ORDER BY n.rank, n.id LIMIT 1) AS "nextName"
  FROM board b
  JOIN board_column c ON c.board_id = b.id
  WHERE b.id = $1 AND b.kind = 'SCRUM' AND b.archived_at IS NULL AND NOT b.keeps_backlog_column AND c.category = 'TODO' AND c.name = ANY ($2::text[]) AND c.id = (SELECT f.id
  FROM board_column f
  WHERE f.board_id = b.id
  ORDER BY f.rank, f.id LIMIT 1) AND EXISTS (SELECT
  FROM board_column n
  WHERE n.board_id = b.id AND n.id <> c.id) AND EXISTS (SELECT
  FROM sprint s
  WHERE s.board_id = b.id AND s.started_at IS NOT NULL);

SELECT c.text, EXISTS (SELECT
  FROM ticket_check k
  WHERE k.ticket_id = $1 AND k.check_id = c.id) AS done
  FROM column_check c
  JOIN board_column l ON l.id = c.column_id
  JOIN board b ON b.id = l.board_id
  WHERE c.id = $2 AND b.project_id = $3 FOR KEY SHARE OF c;

SELECT cardinality(sprint_ids) AS count
  FROM board
  WHERE id = $1;

SELECT column_id AS "columnId", rank
  FROM placement
  WHERE ticket_id = $1
  ORDER BY board_id LIMIT 1;

SELECT count(*)::int AS boards
  FROM board
  WHERE project_id = $1;

SELECT count(*)::int AS count
  FROM placement
  WHERE board_id = $1 AND NOT hidden;

SELECT id
  FROM board_column
  WHERE board_id = $1
  ORDER BY id;

SELECT id
  FROM board_column
  WHERE board_id = ANY ($1::uuid[])
  ORDER BY rank, id;

SELECT id, rank
  FROM board_column
  WHERE board_id = $1
  ORDER BY rank, id;

SELECT id, rank, archived_at IS NOT NULL AS archived
  FROM board
  WHERE project_id = $1 AND id <> $2
  ORDER BY rank, id;

SELECT keeps_backlog_column AS kept
  FROM board
  WHERE id = $1;

SELECT max(rank) AS rank
  FROM board
  WHERE project_id = $1;

SELECT prev.ticket_id AS "afterId", prev.rank AS "afterRank", next.id AS "nextId", next.rank AS "nextRank"
  FROM (SELECT 1) one
  LEFT JOIN placement prev ON prev.ticket_id = $2::uuid AND prev.column_id = $1::uuid AND NOT prev.hidden
  LEFT JOIN LATERAL ( SELECT n.ticket_id AS id, n.rank
  FROM placement n
  WHERE n.column_id = $1::uuid AND NOT n.hidden AND n.ticket_id <> $3::uuid AND (n.rank, n.ticket_id) > (COALESCE(prev.rank, ''), COALESCE(prev.ticket_id, '00000000-0000-0000-0000-000000000000'))
  ORDER BY n.rank, n.ticket_id LIMIT 1 ) next ON true;

SELECT ticket_id AS id
  FROM placement
  WHERE board_id = $1 AND NOT hidden;

SELECT ticket_id AS id
  FROM placement
  WHERE column_id = $1 AND NOT hidden AND ($2::text IS NULL OR rank <= $2 COLLATE "C") AND ticket_id IS DISTINCT
  FROM $3
  ORDER BY rank DESC, ticket_id DESC LIMIT 1;

SELECT ticket_id AS id
  FROM placement
  WHERE column_id = $1 AND NOT hidden AND (rank, ticket_id) < ($2 COLLATE "C", $3::uuid)
  ORDER BY rank DESC, ticket_id DESC LIMIT 1;

SELECT ticket_id AS id
  FROM placement
  WHERE column_id = $1 AND NOT hidden
  ORDER BY rank, ticket_id;

SELECT w.place::int, c.ticket_count AS "all", s.seq::int, p.key AS "projectKey", p.id AS "projectId", b.id AS "boardId", c.id AS "columnId", COALESCE(shown.cards, '[]') AS cards, c.ticket_count AS total
  FROM unnest((SELECT $1::uuid[]), (SELECT $2::int[]), (SELECT $3::int[])) WITH ORDINALITY AS w (column_id, skip, size, place)
  JOIN board_column c ON c.id = w.column_id
  JOIN board b ON b.id = c.board_id
  JOIN project p ON p.id = b.project_id
  JOIN activity_scope s ON s.id = p.id
  CROSS JOIN LATERAL ( SELECT json_agg(card) AS cards
  FROM ( SELECT t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"
  FROM (SELECT k.ticket_id, k.rank
  FROM placement k
  WHERE k.column_id = w.column_id AND NOT k.hidden
  ORDER BY k.rank, k.ticket_id OFFSET w.skip LIMIT w.size) place
  CROSS JOIN LATERAL (SELECT *
  FROM ticket
  WHERE ticket.id = place.ticket_id OFFSET 0) t
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  ORDER BY place.rank, t.id ) card) shown;

UPDATE board
  SET archived_at = CASE WHEN $2 THEN now() END, version = version + 1
  WHERE id = $1;

UPDATE board
  SET keeps_backlog_column = true
  WHERE id = $1;

UPDATE board
  SET name = COALESCE($2, name), rank = COALESCE($3, rank), version = version + 1
  WHERE id = $1;

UPDATE board
  SET sprint_ids = $2
  WHERE id = $1;

UPDATE board_column
  SET name = $2, category = $3, wip_limit = $4, wip_policy = $5, rank = $6, version = version + 1
  WHERE id = $1;

UPDATE board_column
  SET required_fields = $2, version = version + 1
  WHERE id = $1;

UPDATE board_column
  SET ticket_count = ticket_count - 1
  WHERE id = $1;

UPDATE board_column c
  SET ticket_count = (SELECT count(*)
  FROM placement k
  WHERE k.column_id = c.id AND NOT k.hidden)
  WHERE c.id = ANY ($1::uuid[]);

UPDATE placement
  SET column_id = $2, rank = COALESCE((SELECT max(last.rank)
  FROM placement last
  WHERE last.column_id = $2 AND NOT last.hidden), rank)
  WHERE board_id = $3 AND column_id = $1 AND hidden;

UPDATE placement
  SET hidden = true
  WHERE ticket_id = $1;

WITH counted AS ( UPDATE board_column
  SET ticket_count = ticket_count + 1
  WHERE id = $2 ), place AS ( UPDATE placement
  SET hidden = false, rank = $3
  WHERE ticket_id = $1 AND column_id = $2
  RETURNING * ), t AS ( UPDATE ticket
  SET deleted_at = NULL, state = $4, resolution = $5, sprint_id = $6, ended_at = CASE WHEN $4 = 'DONE' THEN CASE WHEN state = 'DONE' THEN ended_at ELSE now() END END, entered_at = now(), updated_at = now(), version = version + 1
  WHERE id = $1
  RETURNING * ) SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM t
  LEFT JOIN place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id;

WITH counted AS ( UPDATE board_column
  SET ticket_count = ticket_count + CASE id WHEN $2 THEN 1 ELSE -1 END
  WHERE id IN (SELECT id
  FROM board_column
  WHERE id IN ($2, $9)
  ORDER BY id FOR NO KEY UPDATE) ), placed AS (UPDATE placement
  SET board_id = $3, column_id = $2, rank = $4
  WHERE ticket_id = $1 AND board_id = $8) UPDATE ticket
  SET state = $5, resolution = $6, ended_at = CASE WHEN $5 = 'DONE' THEN CASE WHEN state = 'DONE' THEN ended_at ELSE now() END END, sprint_id = $7, entered_at = now(), updated_at = now()
  WHERE id = $1;

WITH counted AS (UPDATE board_column
  SET ticket_count = ticket_count - 1
  WHERE id = $2), taken AS (DELETE
  FROM placement
  WHERE ticket_id = $1 AND board_id = $3) UPDATE ticket
  SET state = $4, resolution = $5, ended_at = CASE WHEN $4 = 'DONE' THEN CASE WHEN state = 'DONE' THEN ended_at ELSE now() END END, sprint_id = $6, entered_at = now(), updated_at = now()
  WHERE id = $1;

WITH n AS ( SELECT *
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[]) AS n (id, board_before, board_id, column_id, rank, state, resolution, sprint_id) ), gone AS ( DELETE
  FROM placement k USING n
  WHERE k.ticket_id = n.id AND k.board_id = n.board_before AND n.board_id IS DISTINCT
  FROM n.board_before ), placed AS ( INSERT INTO placement (ticket_id, board_id, column_id, rank) SELECT id, board_id, column_id, rank
  FROM n
  WHERE board_id IS NOT NULL
  ON CONFLICT (ticket_id, board_id) DO UPDATE
  SET column_id = excluded.column_id, rank = excluded.rank, hidden = false ) UPDATE ticket t
  SET state = n.state, resolution = n.resolution, sprint_id = n.sprint_id, updated_at = now(), ended_at = CASE WHEN n.state = 'DONE' THEN COALESCE(t.ended_at, now()) END, entered_at = CASE WHEN n.column_id IS DISTINCT
  FROM (SELECT k.column_id
  FROM placement k
  WHERE k.ticket_id = t.id AND k.board_id = n.board_before AND NOT k.hidden) THEN now() ELSE t.entered_at END
  FROM n
  WHERE t.id = n.id;
