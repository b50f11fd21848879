DELETE
  FROM log_position
  WHERE reader = $1 AND scope = $2;

INSERT INTO activity_scope (id)
  VALUES ($1);

INSERT INTO job_outbox (name, key, payload) SELECT $1, n.key, n.payload
  FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS n (key, payload, place)
  ORDER BY n.place
  ON CONFLICT (name, key) DO NOTHING;

INSERT INTO log_position (reader, scope, seq)
  VALUES ($1, $2, $3)
  ON CONFLICT (reader, scope) DO NOTHING;

SELECT (extract(epoch
  FROM at) * 1000)::float8 AS at, changes #>> '{timeZone,from}' AS "timeZone", changes #>> '{calendarId,from}' AS "calendarId"
  FROM activity
  WHERE entity_id = $1 AND entity = 'PROJECT' AND at > $2 AND (changes ? 'timeZone' OR changes ? 'calendarId')
  ORDER BY seq;

SELECT (extract(epoch
  FROM at) * 1000)::float8 AS at, changes
  FROM activity
  WHERE entity_id = $1 AND entity = 'CALENDAR' AND action = 'UPDATED' AND at > $2
  ORDER BY seq DESC;

SELECT DISTINCT a.entity || ' ' || a.entity_id AS of
  FROM activity a
  WHERE a.firing_id = $1 AND a.depth = 0;

SELECT DISTINCT a.ticket_id AS id
  FROM activity a
  WHERE a.scope = $1 AND a.seq >= $2 AND a.entity = 'TICKET' AND a.changes ?| $3::text[];

SELECT a.entity_id AS id, a.changes #>> '{startsOn,from}' AS "startsOn", a.changes #>> '{endsOn,from}' AS "endsOn"
  FROM activity a
  WHERE a.entity_id = ANY ($1::uuid[]) AND a.entity IN ('COLUMN', 'LABEL', 'SPRINT') AND a.at >= $2 AND (a.changes ? 'startsOn' OR a.changes ? 'endsOn')
  ORDER BY a.entity_id, a.seq;

SELECT a.entity_id AS id, a.changes #>> '{state,to}' AS state, a.at
  FROM activity a
  WHERE a.entity_id = ANY ($1::uuid[]) AND a.entity IN ('COLUMN', 'LABEL', 'SPRINT') AND a.changes ? 'state'
  ORDER BY a.entity_id, a.seq;

SELECT a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes AS changes, a.actor_id AS "actorId", a.at, a.cause_seq::int AS "causedBy", COALESCE(a.depth, 0)::int AS depth, a.firing_id AS "firingId"
  FROM activity a
  WHERE a.scope = $1 AND a.seq BETWEEN $2 AND $3
  ORDER BY a.seq;

SELECT a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes AS changes, a.actor_id AS "actorId", a.at, a.cause_seq::int AS "causedBy", COALESCE(a.depth, 0)::int AS depth, a.firing_id AS "firingId", actor.name AS "actorName"
  FROM activity a
  LEFT JOIN app_user actor ON actor.id = a.actor_id
  WHERE a.ticket_id = $1 AND ($2::bigint IS NULL OR a.seq < $2)
  ORDER BY a.seq DESC LIMIT $3;

SELECT a.seq::int AS seq
  FROM activity a
  WHERE a.scope = $1 AND a.at >= $2
  ORDER BY a.at, a.seq LIMIT 1;

SELECT a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes
  FROM activity a
  WHERE a.firing_id = $1 AND a.depth > 0
  ORDER BY a.seq;

SELECT a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes, a.actor_id IS NOT NULL AND a.firing_id IS NULL AS "byPerson", a.at
  FROM activity a
  WHERE a.scope = $1 AND a.seq >= $2 AND a.seq < $3 AND a.entity IN ('TICKET', 'COMMENT', 'ATTACHMENT', 'RUN', 'SPRINT') AND a.action <> 'RERANKED'
  ORDER BY a.seq DESC LIMIT 5000;

SELECT a.ticket_id AS "ticketId", a.at, u.name AS by, c.name AS "column", a.changes #>> '{state,to}' AS state
  FROM activity a
  LEFT JOIN app_user u ON u.id = a.actor_id
  LEFT JOIN board_column c ON c.id = (a.changes #>> '{columnId,to}')::uuid
  WHERE a.ticket_id = ANY ($1::uuid[]) AND a.entity = 'TICKET' AND a.at >= $2 AND (a.changes ? 'columnId' OR a.changes ? 'state')
  ORDER BY a.seq DESC;

SELECT b.digest, b.size::float8 AS size
  FROM blob b
  WHERE b.digest IN ( SELECT c.digest
  FROM run r
  JOIN attempt a ON a.run_id = r.id
  JOIN checkpoint c ON c.attempt_id = a.id
  WHERE r.project_id = $1
  UNION SELECT f.digest
  FROM run r
  JOIN attempt a ON a.run_id = r.id
  JOIN artifact f ON f.attempt_id = a.id
  WHERE r.project_id = $1);

SELECT b.digest, b.size::float8 AS size
  FROM blob b
  WHERE b.digest IN (SELECT f.digest
  FROM dataset d
  JOIN dataset_file f ON f.dataset_id = d.id
  WHERE d.project_id = $1);

SELECT max(a.at) AS at
  FROM activity a
  WHERE a.scope = $1 AND a.seq >= $2 AND a.entity = 'LABEL' AND a.action = 'DELETED';

SELECT p.id, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.time_zone AS "timeZone", n.now, (s.seq - COALESCE(l.seq, 0))::int AS behind, json_build_array(s.seq, l.seq, l.xmin::text, o.seq)::text AS position, COALESCE(GREATEST((SELECT max(a.at)
  FROM activity a
  WHERE a.scope = p.id), (SELECT max(a.at)
  FROM activity a
  WHERE a.scope = o.id)) >= n.now, false) AS "isToldAhead"
  FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) n, project p
  JOIN activity_scope s ON s.id = p.id
  LEFT JOIN log_position l ON l.scope = p.id AND l.reader = $2
  LEFT JOIN activity_scope o ON o.id = (SELECT id
  FROM organisation)
  WHERE p.id = $1;

SELECT p.id, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.time_zone AS "timeZone", n.now, (s.seq - COALESCE(l.seq, 0))::int AS behind, json_build_array(s.seq, l.seq, l.xmin::text, o.seq)::text AS position, COALESCE(GREATEST((SELECT max(a.at)
  FROM activity a
  WHERE a.scope = p.id), (SELECT max(a.at)
  FROM activity a
  WHERE a.scope = o.id)) >= n.now, false) AS "isToldAhead"
  FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) n, project p
  JOIN activity_scope s ON s.id = p.id
  LEFT JOIN log_position l ON l.scope = p.id AND l.reader = $2
  LEFT JOIN activity_scope o ON o.id = (SELECT id
  FROM organisation)
  WHERE p.id = (SELECT a.project_id
  FROM sprint a
  WHERE a.id = $1);

SELECT seq::int AS seq
  FROM activity_scope
  WHERE id = $1;

UPDATE activity_scope
  SET closed = $2
  WHERE id = $1;

WITH head AS ( SELECT s.id, s.seq, $2::bigint AS since
  FROM activity_scope s
  WHERE s.id = $1 ), stretch AS MATERIALIZED ( SELECT a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, CASE WHEN length(a.changes::text) <= 1000 THEN a.changes ELSE ( SELECT jsonb_object_agg(c.field, CASE WHEN length(c.change::text) <= 1000 THEN c.change ELSE '{"long": true}' END)
  FROM jsonb_each(a.changes) c (field, change) ) END AS changes, a.actor_id AS "actorId", a.at, a.cause_seq::int AS "causedBy", COALESCE(a.depth, 0)::int AS depth, a.firing_id AS "firingId", actor.name AS "actorName"
  FROM activity a
  LEFT JOIN app_user actor ON actor.id = a.actor_id
  WHERE a.scope = (SELECT id
  FROM head) AND a.seq > (SELECT since
  FROM head) AND (SELECT seq - since
  FROM head) <= 1000
  ORDER BY a.seq LIMIT 1000 ), weighed AS MATERIALIZED ( SELECT COALESCE(sum(length(changes::text)), 0)::float8 AS letters
  FROM stretch ), news AS MATERIALIZED ( SELECT *
  FROM stretch
  WHERE (SELECT letters
  FROM weighed) <= 200000 ) SELECT head.seq::int AS head, (SELECT letters
  FROM weighed) AS letters, (SELECT json_agg(news
  ORDER BY seq)
  FROM news) AS activities, json_build_object('attachments', (SELECT json_agg(thing)
  FROM ( SELECT a.id, a.subject_id AS "subjectId", a.author_id AS "authorId", author.name AS "authorName", a.name, a.media_type AS "mediaType", a.size::float8 AS size, a.created_at AS "createdAt"
  FROM attachment a
  LEFT JOIN app_user author ON author.id = a.author_id
  WHERE a.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'ATTACHMENT')) AND a.deleted_at IS NULL) thing), 'comments', (SELECT json_agg(thing)
  FROM ( SELECT c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.version
  FROM comment c
  LEFT JOIN app_user author ON author.id = c.author_id
  WHERE c.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'COMMENT')) AND c.deleted_at IS NULL) thing), 'labels', (SELECT json_agg(thing)
  FROM (SELECT l.id, l.name, l.color, l.version
  FROM label l
  WHERE l.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'LABEL'))) thing), 'tickets', (SELECT json_agg(thing)
  FROM ( SELECT p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", t.id, t.number, place.rank, t.state, t.resolution, t.title AS "title", t.type AS "type", t.priority AS "priority", t.parent_id AS "parentId", t.stage AS "stage", t.points AS "points", t.device_hours::float8 AS "deviceHours", t.start_date::text AS "startDate", t.due_date::text AS "dueDate", t.assignee_id AS "assigneeId", t.label_ids AS "labelIds", assignee.name AS "assigneeName", t.comment_count AS "commentCount", t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"
  FROM ticket t
  LEFT JOIN LATERAL ( SELECT k.board_id, k.column_id, k.rank
  FROM placement k
  WHERE k.ticket_id = t.id AND NOT k.hidden
  ORDER BY k.board_id LIMIT 1 ) place ON true
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  WHERE t.id = ANY (ARRAY(SELECT DISTINCT "ticketId"
  FROM news
  WHERE "ticketId" IS NOT NULL)) AND t.deleted_at IS NULL) thing), 'columns', (SELECT json_agg(thing)
  FROM ( SELECT c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version, c.ticket_count AS "ticketCount"
  FROM board_column c
  WHERE c.id = ANY (ARRAY( SELECT "entityId"
  FROM news
  WHERE entity = 'COLUMN'
  UNION SELECT (changes #>> '{columnId,from}')::uuid
  FROM news
  WHERE entity = 'TICKET' AND changes ? 'columnId'
  UNION SELECT (changes #>> '{columnId,to}')::uuid
  FROM news
  WHERE entity = 'TICKET' AND changes ? 'columnId'))) thing), 'sprints', (SELECT json_agg(thing)
  FROM (SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version
  FROM sprint s
  WHERE s.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'SPRINT'))) thing), 'releases', (SELECT json_agg(thing)
  FROM (SELECT r.id, r.project_id AS "projectId", r.name, r.description, r.planned_on::text AS "plannedOn", r.released_on::text AS "releasedOn", r.version
  FROM release r
  WHERE r.deleted_at IS NULL AND r.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'RELEASE'))) thing), 'runs', (SELECT json_agg(thing)
  FROM (SELECT DISTINCT "entityId" AS id
  FROM news
  WHERE entity = 'RUN') thing), 'rules', (SELECT json_agg(thing)
  FROM (SELECT r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions, r.due_at AS "dueAt", (SELECT max(f.at)
  FROM rule_firing f
  WHERE f.rule_id = r.id) AS "lastFiredAt", r.version
  FROM rule r
  LEFT JOIN app_user owner ON owner.id = r.owner_id
  WHERE r.deleted_at IS NULL AND r.id = ANY (ARRAY(SELECT "entityId"
  FROM news
  WHERE entity = 'RULE'))) thing)) AS things
  FROM head;

WITH locked AS ( UPDATE activity_scope
  SET seq = CASE WHEN closed AND NOT $9 THEN NULL ELSE seq + $3 END
  WHERE id = $1
  RETURNING seq ) INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, actor_id, cause_seq, depth, firing_id) SELECT $1, locked.seq - $3 + e.ord, e.entity, e.entity_id, e.ticket_id, e.action, e.changes, $2, $10, $11, $12
  FROM unnest($4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[]) WITH ORDINALITY AS e (entity, entity_id, ticket_id, action, changes, ord)
  LEFT JOIN locked ON true;
