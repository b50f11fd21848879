DELETE
  FROM ticket_link
  WHERE from_id = $1 AND to_id = $2 AND kind = $3
  RETURNING from_id;

INSERT INTO ticket_link (from_id, to_id, kind, created_by)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING from_id;

SELECT 1
  FROM ticket
  WHERE id = $1 FOR NO KEY UPDATE;

SELECT DISTINCT a.digest, a.size::float8 AS size
  FROM ticket t
  JOIN attachment a ON a.subject_id = t.id
  WHERE t.project_id = $1;

SELECT DISTINCT o.user_id AS id
  FROM ticket t
  JOIN time_off o ON o.user_id = t.assignee_id
  WHERE t.id = ANY ($1::uuid[]) AND $2::date BETWEEN o.from_date AND o.to_date;

SELECT DISTINCT project_id AS id
  FROM ticket
  WHERE id = ANY ($1::uuid[])
  ORDER BY 1;

SELECT
  FROM ticket
  WHERE id = $1 FOR NO KEY UPDATE;

SELECT
  FROM ticket
  WHERE id = ANY ($1::uuid[])
  ORDER BY id FOR NO KEY UPDATE;

SELECT asked.id AS "ticketId", c.id AS "columnId", c.name AS column, c.required_fields AS "requiredFields", COALESCE((SELECT w.description
  FROM ticket_text w
  WHERE w.ticket_id = asked.id), '') <> '' AS described, COALESCE((SELECT json_agg(json_build_object('id', k.id, 'text', k.text, 'done', d.check_id IS NOT NULL, 'by', u.name)
  ORDER BY k.position, k.id)
  FROM column_check k
  LEFT JOIN ticket_check d ON d.check_id = k.id AND d.ticket_id = asked.id
  LEFT JOIN app_user u ON u.id = d.done_by
  WHERE k.column_id = c.id), '[]') AS checks
  FROM unnest($1::uuid[], $2::uuid[]) AS asked (id, column_id)
  JOIN board_column here ON here.id = asked.column_id
  JOIN board_column c ON c.board_id = here.board_id AND (c.rank, c.id) >= (here.rank, here.id)
  WHERE c.required_fields <> '{}' OR EXISTS (SELECT
  FROM column_check k
  WHERE k.column_id = c.id)
  ORDER BY c.rank, c.id;

SELECT count(*)::int AS count
  FROM ticket
  WHERE parent_id = $1 AND deleted_at IS NULL;

SELECT count(*)::int AS count
  FROM ticket t
  WHERE t.project_id = $1 AND t.deleted_at IS NULL AND ($2::text IS NULL OR t.title ILIKE $2 OR t.number = $3::int);

SELECT count(*)::int AS tickets, COALESCE(sum(comment_count), 0)::int AS comments
  FROM ticket
  WHERE project_id = $1 AND deleted_at IS NULL;

SELECT id
  FROM ticket
  WHERE sprint_id = $1
  ORDER BY backlog_rank, id;

SELECT id, backlog_rank AS rank
  FROM ticket
  WHERE id = ANY ($1::uuid[]);

SELECT id, backlog_rank AS rank
  FROM ticket
  WHERE project_id = $1 AND deleted_at IS NULL AND id <> ALL ($4::uuid[]) AND (backlog_rank, id) > ($2 COLLATE "C", $3::uuid)
  ORDER BY backlog_rank, id LIMIT 1;

SELECT l.to_id AS "ticketId", CASE WHEN (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))) THEN p.key || '-' || t.number END AS key, CASE WHEN (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))) THEN t.title END AS title
  FROM ticket_link l
  JOIN ticket t ON t.id = l.from_id
  JOIN project p ON p.id = t.project_id
  WHERE l.to_id = ANY ($3::uuid[]) AND l.kind = 'BLOCKS' AND t.deleted_at IS NULL AND t.state <> 'DONE'
  ORDER BY l.created_at;

SELECT max(held.count)::int AS count
  FROM unnest($1::uuid[]) AS two (id)
  CROSS JOIN LATERAL (SELECT count(*)
  FROM ticket_link
  WHERE from_id = two.id OR to_id = two.id) held;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  WHERE t.id = ANY ($1::uuid[]);

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  WHERE t.parent_id = $1 AND t.deleted_at IS NULL AND t.number > $2
  ORDER BY t.number LIMIT $3;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  WHERE t.project_id = $1 AND t.deleted_at IS NULL AND ($2::text IS NULL OR t.title ILIKE $2 OR t.number = $3::int) AND t.number > $5
  ORDER BY t.number LIMIT $4;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id
  WHERE t.id = $1 AND t.deleted_at IS NULL;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id
  WHERE t.id = $3 AND t.deleted_at IS NULL AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id
  WHERE t.id = ANY ($1::uuid[]) AND t.deleted_at IS NULL;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt", p.visibility, p.team_id AS "teamId", p.state AS "projectState", t.deleted_at IS NOT NULL AS deleted
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id
  WHERE t.id = $1 AND (t.deleted_at IS NULL OR $2);

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt", p.visibility, p.team_id AS "teamId", p.state AS "projectState", t.deleted_at IS NOT NULL AS deleted
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id
  WHERE t.id = ANY ($1::uuid[]);

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", l.of_id AS "ofId", l.from_id AS "fromId", l.to_id AS "toId", l.kind
  FROM (SELECT from_id AS of_id, to_id AS other_id, from_id, to_id, kind, created_at
  FROM ticket_link
  WHERE from_id = ANY ($3::uuid[])
  UNION ALL SELECT to_id AS of_id, from_id AS other_id, from_id, to_id, kind, created_at
  FROM ticket_link
  WHERE to_id = ANY ($3::uuid[])) l
  JOIN ticket t ON t.id = l.other_id
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  WHERE t.deleted_at IS NULL AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  ORDER BY l.created_at, t.id;

SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", prev.ticket_id AS "afterId", prev.rank AS "afterRank", next.id AS "nextId", next.rank AS "nextRank"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN placement prev ON prev.ticket_id = $3::uuid AND prev.column_id = $2::uuid AND NOT prev.hidden
  LEFT JOIN LATERAL ( SELECT n.ticket_id AS id, n.rank
  FROM placement n
  WHERE n.column_id = $2::uuid AND NOT n.hidden AND n.ticket_id <> t.id AND (n.rank, n.ticket_id) > (COALESCE(prev.rank, ''), COALESCE(prev.ticket_id, '00000000-0000-0000-0000-000000000000'))
  ORDER BY n.rank, n.ticket_id LIMIT 1 ) next ON true
  WHERE t.id = $1 AND t.deleted_at IS NULL;

SELECT parent_id AS "parentId", resolution, points
  FROM ticket
  WHERE parent_id = ANY ($1::uuid[]) AND deleted_at IS NULL;

SELECT q.id, q.place
  FROM ( SELECT t.id, (row_number() OVER (ORDER BY t.state <> 'IN_PROGRESS', t.backlog_rank, t.id))::int AS place
  FROM ticket t
  WHERE t.project_id = $1 AND t.deleted_at IS NULL AND t.state <> 'DONE' AND t.type <> 'EPIC' AND NOT EXISTS (SELECT
  FROM ticket c
  WHERE c.parent_id = t.id AND c.deleted_at IS NULL) ) q
  WHERE q.id = ANY ($2::uuid[]);

SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, t.state, t.points, t.assignee_id AS "assigneeId", u.name AS "assigneeName", c.name AS "column"
  FROM ticket t
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user u ON u.id = t.assignee_id
  JOIN sprint s ON s.id = t.sprint_id
  LEFT JOIN placement k ON k.ticket_id = t.id AND k.board_id = s.board_id AND NOT k.hidden
  LEFT JOIN board_column c ON c.id = k.column_id
  WHERE t.sprint_id = $1 AND t.deleted_at IS NULL
  ORDER BY t.number;

SELECT t.id, p.id AS scope, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM ticket t
  JOIN project p ON p.id = t.project_id
  WHERE t.id = $1 AND t.deleted_at IS NULL FOR NO KEY UPDATE OF t;

SELECT t.id, p.key || '-' || t.number AS key, t.title, t.type, t.state, t.resolution, t.deleted_at IS NOT NULL AS "isDeleted"
  FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (id, place)
  JOIN ticket t ON t.id = asked.id AND t.project_id = $1
  JOIN project p ON p.id = t.project_id
  ORDER BY asked.place;

SELECT t.project_id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM ticket t
  JOIN project p ON p.id = t.project_id
  WHERE t.id = $1 AND t.deleted_at IS NULL;

SELECT t.project_id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM ticket t
  JOIN project p ON p.id = t.project_id
  WHERE t.id = $1 AND t.deleted_at IS NULL FOR KEY SHARE OF t;

SELECT t.sprint_id AS "sprintId", t.assignee_id AS "personId", u.name, COALESCE(sum(t.points), 0)::float8 AS points, count(*) FILTER (WHERE t.points IS NULL)::int AS unestimated
  FROM ticket t
  LEFT JOIN app_user u ON u.id = t.assignee_id
  WHERE t.sprint_id = ANY ($1::uuid[]) AND t.deleted_at IS NULL AND (t.resolution IS NULL OR t.resolution = 'DONE') AND NOT EXISTS (SELECT
  FROM ticket c
  WHERE c.parent_id = t.id AND c.sprint_id = t.sprint_id AND c.deleted_at IS NULL AND (c.resolution IS NULL OR c.resolution = 'DONE'))
  GROUP BY 1, 2, 3;

UPDATE ticket
  SET attachment_count = attachment_count + -1
  WHERE id = $1;

UPDATE ticket
  SET attachment_count = attachment_count + 1
  WHERE id = $1;

UPDATE ticket
  SET comment_count = comment_count + -1
  WHERE id = $1;

UPDATE ticket
  SET deleted_at = now(), updated_at = now(), version = version + 1
  WHERE id = $1;

UPDATE ticket
  SET latest_run_id = shown.id
  FROM ( SELECT r.id
  FROM run r
  JOIN attempt a ON a.id = r.attempt_id
  WHERE r.ticket_id = $1
  ORDER BY r.state IN ('STARTING', 'RUNNING') DESC, a.queued_at DESC, r.number DESC LIMIT 1) shown
  WHERE ticket.id = $1 AND ticket.latest_run_id IS DISTINCT
  FROM shown.id;

UPDATE ticket
  SET parent_id = $1, orphan_of = NULL
  WHERE id IN (SELECT id
  FROM ticket
  WHERE orphan_of = $1 AND parent_id IS NULL AND type = ANY ($2::text[])
  ORDER BY id FOR NO KEY UPDATE)
  RETURNING id;

UPDATE ticket
  SET parent_id = NULL, orphan_of = $1
  WHERE id IN (SELECT id
  FROM ticket
  WHERE parent_id = $1
  ORDER BY id FOR NO KEY UPDATE)
  RETURNING id;

UPDATE ticket
  SET sprint_id = NULL
  WHERE sprint_id = $1;

UPDATE ticket t
  SET backlog_rank = n.rank
  FROM unnest($1::uuid[], $2::text[]) AS n (id, rank)
  WHERE t.id = n.id;

UPDATE ticket t
  SET has_blockers = EXISTS (SELECT
  FROM ticket_link l
  WHERE l.to_id = t.id AND l.kind = 'BLOCKS')
  WHERE t.id = $1;

WITH RECURSIVE reached (id) AS ( SELECT $1::uuid
  UNION SELECT l.to_id
  FROM reached r
  JOIN ticket_link l ON l.from_id = r.id AND l.kind = 'BLOCKS' ) SELECT l.from_id AS "fromId", l.to_id AS "toId"
  FROM reached r
  JOIN ticket_link l ON l.from_id = r.id AND l.kind = 'BLOCKS';

WITH cleared AS ( UPDATE ticket
  SET label_ids = array_remove(label_ids, $2::uuid)
  WHERE project_id = $1 AND label_ids @> ARRAY[$2::uuid]
  RETURNING deleted_at ) SELECT count(*) FILTER (WHERE deleted_at IS NULL)::int AS count
  FROM cleared;

WITH counted AS ( UPDATE ticket
  SET comment_count = comment_count + 1
  WHERE id = $2 ), c AS ( INSERT INTO comment (id, subject_id, author_id, body, created_at)
  VALUES ($1, $2, $3, $4, clock_timestamp())
  RETURNING * ) SELECT c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.version
  FROM c
  LEFT JOIN app_user author ON author.id = c.author_id;

WITH given AS ( SELECT g.id, g.set
  FROM unnest($1::uuid[], $2::jsonb[]) AS g (id, set) ), written AS ( INSERT INTO ticket_text (ticket_id, description) SELECT id, set ->> 'description'
  FROM given
  WHERE set ? 'description'
  ON CONFLICT (ticket_id) DO UPDATE
  SET description = excluded.description ) UPDATE ticket t
  SET title = CASE WHEN given.set ? 'title' THEN n.title ELSE t.title END, type = CASE WHEN given.set ? 'type' THEN n.type ELSE t.type END, priority = CASE WHEN given.set ? 'priority' THEN n.priority ELSE t.priority END, parent_id = CASE WHEN given.set ? 'parent_id' THEN n.parent_id ELSE t.parent_id END, stage = CASE WHEN given.set ? 'stage' THEN n.stage ELSE t.stage END, points = CASE WHEN given.set ? 'points' THEN n.points ELSE t.points END, device_hours = CASE WHEN given.set ? 'device_hours' THEN n.device_hours ELSE t.device_hours END, start_date = CASE WHEN given.set ? 'start_date' THEN n.start_date ELSE t.start_date END, due_date = CASE WHEN given.set ? 'due_date' THEN n.due_date ELSE t.due_date END, assignee_id = CASE WHEN given.set ? 'assignee_id' THEN n.assignee_id ELSE t.assignee_id END, label_ids = CASE WHEN given.set ? 'label_ids' THEN n.label_ids ELSE t.label_ids END, orphan_of = CASE WHEN given.set ? 'parent_id' THEN NULL ELSE t.orphan_of END, updated_at = now(), version = t.version + 1
  FROM given, jsonb_populate_record(NULL::ticket, given.set) n
  WHERE t.id = given.id;

WITH written AS ( INSERT INTO ticket_text (ticket_id, description) SELECT $1, $2::jsonb ->> 'description'
  WHERE $2::jsonb ? 'description'
  ON CONFLICT (ticket_id) DO UPDATE
  SET description = excluded.description ), t AS ( UPDATE ticket t
  SET title = CASE WHEN $2::jsonb ? 'title' THEN n.title ELSE t.title END, type = CASE WHEN $2::jsonb ? 'type' THEN n.type ELSE t.type END, priority = CASE WHEN $2::jsonb ? 'priority' THEN n.priority ELSE t.priority END, parent_id = CASE WHEN $2::jsonb ? 'parent_id' THEN n.parent_id ELSE t.parent_id END, stage = CASE WHEN $2::jsonb ? 'stage' THEN n.stage ELSE t.stage END, points = CASE WHEN $2::jsonb ? 'points' THEN n.points ELSE t.points END, device_hours = CASE WHEN $2::jsonb ? 'device_hours' THEN n.device_hours ELSE t.device_hours END, start_date = CASE WHEN $2::jsonb ? 'start_date' THEN n.start_date ELSE t.start_date END, due_date = CASE WHEN $2::jsonb ? 'due_date' THEN n.due_date ELSE t.due_date END, assignee_id = CASE WHEN $2::jsonb ? 'assignee_id' THEN n.assignee_id ELSE t.assignee_id END, label_ids = CASE WHEN $2::jsonb ? 'label_ids' THEN n.label_ids ELSE t.label_ids END, orphan_of = CASE WHEN $2::jsonb ? 'parent_id' THEN NULL ELSE t.orphan_of END, updated_at = now(), version = t.version + 1
  FROM jsonb_populate_record(NULL::ticket, $2::jsonb) n
  WHERE t.id = $1
  RETURNING t.* ) SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt", COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
  FROM t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by
  LEFT JOIN ticket_text words ON words.ticket_id = t.id;
