DELETE
  FROM retro_note
  WHERE id = $1;

DELETE
  FROM sprint
  WHERE id = $1;

DELETE
  FROM sprint_capacity
  WHERE sprint_id = $1;

INSERT INTO release (id, project_id, name, name_key, description, planned_on, released_on)
  VALUES ($1, $2, $3, $4, $5, $6, $7);

INSERT INTO retro_action (ticket_id, sprint_id)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING
  RETURNING ticket_id;

INSERT INTO retro_note (id, sprint_id, kind, body, author_id)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO retro_vote (note_id, user_id)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING
  RETURNING note_id;

INSERT INTO sprint (id, project_id, board_id, name, goal, starts_on, ends_on)
  VALUES ($1, $2, $3, $4, $5, $6, $7);

INSERT INTO sprint_capacity (sprint_id, ran_minutes, ratio_sprints, ratio_points, ratio_minutes)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO sprint_capacity_person (sprint_id, person_id, minutes, points, unestimated) SELECT $1, n.*
  FROM unnest($2::uuid[], $3::int[], $4::float8[], $5::int[]) AS n (person_id, minutes, points, unestimated);

INSERT INTO sprint_stay (sprint_id, started_at)
  VALUES ($1, now());

INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_end, outcome, carried_to, counts_at_end) SELECT $1, n.id, false, n.points, n.outcome, n.carried_to, n.counts
  FROM unnest($2::uuid[], $3::float8[], $4::text[], $5::uuid[], $6::boolean[]) AS n (id, points, outcome, carried_to, counts)
  ON CONFLICT (sprint_id, ticket_id) DO UPDATE
  SET points_at_end = excluded.points_at_end, outcome = excluded.outcome, carried_to = excluded.carried_to, counts_at_end = excluded.counts_at_end;

INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_start, counts_at_start) SELECT $1, n.id, true, n.points, n.counts
  FROM unnest($2::uuid[], $3::float8[], $4::boolean[]) AS n (id, points, counts);

SELECT COALESCE(array_agg(id), '{}') AS ids
  FROM sprint
  WHERE id = ANY ($1::uuid[]) AND state = 'RUNNING';

SELECT asked.id AS "boardId", last.*
  FROM unnest($1::uuid[]) AS asked (id)
  JOIN LATERAL ( SELECT s.started_at AS "startedAt", s.closed_at AS "closedAt", COALESCE((SELECT sum(k.points_at_end)
  FROM sprint_ticket k
  WHERE k.sprint_id = s.id AND k.outcome = 'COMPLETED' AND k.counts_at_end), 0)::float8 AS points, (SELECT c.ran_minutes
  FROM sprint_capacity c
  WHERE c.sprint_id = s.id) AS "ranMinutes"
  FROM sprint s
  WHERE s.board_id = asked.id AND s.state = 'CLOSED' AND NOT s.abandoned AND EXISTS (SELECT
  FROM sprint_ticket k
  WHERE k.sprint_id = s.id)
  ORDER BY s.closed_at DESC LIMIT $2 ) last ON true;

SELECT b.id AS "sprintId", b.name
  FROM sprint s
  JOIN sprint b ON b.board_id = s.board_id AND b.id <> s.id
  WHERE s.id = $1 AND b.closed_at IS NOT NULL AND b.started_at < COALESCE(s.started_at, now()) AND EXISTS (SELECT
  FROM retro_action a
  WHERE a.sprint_id = b.id)
  ORDER BY b.started_at DESC LIMIT 1;

SELECT c.sprint_id AS "sprintId", c.ran_minutes AS "ranMinutes", CASE WHEN c.ratio_sprints IS NOT NULL THEN json_build_object('sprints', c.ratio_sprints, 'points', c.ratio_points, 'minutes', c.ratio_minutes) END AS ratio, COALESCE((SELECT json_agg(json_build_object('personId', k.person_id, 'name', u.name, 'minutes', k.minutes, 'points', k.points, 'unestimated', k.unestimated))
  FROM sprint_capacity_person k
  LEFT JOIN app_user u ON u.id = k.person_id
  WHERE k.sprint_id = c.sprint_id), '[]') AS people
  FROM sprint_capacity c
  WHERE c.sprint_id = ANY ($1::uuid[]);

SELECT count(*)::int AS count
  FROM release
  WHERE project_id = $1 AND deleted_at IS NULL;

SELECT count(*)::int AS count
  FROM retro_action
  WHERE sprint_id = $1;

SELECT count(*)::int AS count
  FROM retro_note
  WHERE sprint_id = $1;

SELECT count(*)::int AS count
  FROM sprint
  WHERE project_id = $1 AND state <> 'CLOSED';

SELECT count(*)::int AS notes, (SELECT count(*)::int
  FROM retro_vote o
  JOIN retro_note m ON m.id = o.note_id
  WHERE m.sprint_id = $1 AND o.user_id = $2) AS votes
  FROM retro_note n
  WHERE n.sprint_id = $1;

SELECT found.*
  FROM unnest($1::uuid[]) AS asked (id)
  JOIN LATERAL ( SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version
  FROM sprint s
  WHERE s.project_id = asked.id AND s.state = ANY ($2::text[])
  ORDER BY array_position(ARRAY['RUNNING', 'PLANNED', 'CLOSED'], s.state), s.closed_at DESC, s.starts_on, s.created_at, s.id LIMIT $3 ) found ON true;

SELECT id
  FROM sprint
  WHERE id = $1 AND revealed_at IS NOT NULL;

SELECT k.sprint_id AS "sprintId", k.ticket_id AS "ticketId"
  FROM sprint_ticket k
  JOIN sprint s ON s.id = k.sprint_id
  WHERE s.project_id = $1;

SELECT k.sprint_id AS "sprintId", k.ticket_id AS "ticketId", p.key || '-' || t.number AS key, t.title, k.committed, k.points_at_start AS "pointsAtStart", k.points_at_end AS "pointsAtEnd", k.counts_at_end AS "isCounted", k.outcome, k.carried_to AS "carriedTo"
  FROM sprint_ticket k
  JOIN ticket t ON t.id = k.ticket_id
  JOIN project p ON p.id = t.project_id
  WHERE k.sprint_id = ANY ($1::uuid[]) AND k.outcome IS NOT NULL
  ORDER BY t.number;

SELECT n.id, n.kind, n.body, u.name AS author, COALESCE(n.author_id = $2, false) AS "isOwn", v.votes, v.mine AS "isVotedFor", n.version
  FROM retro_note n
  LEFT JOIN app_user u ON u.id = n.author_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS votes, COALESCE(bool_or(o.user_id = $2), false) AS mine
  FROM retro_vote o
  WHERE o.note_id = n.id) v
  WHERE n.id = $1 AND n.author_id = $2;

SELECT n.id, n.kind, n.body, u.name AS author, COALESCE(n.author_id = $2, false) AS "isOwn", v.votes, v.mine AS "isVotedFor", n.version
  FROM retro_note n
  LEFT JOIN app_user u ON u.id = n.author_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS votes, COALESCE(bool_or(o.user_id = $2), false) AS mine
  FROM retro_vote o
  WHERE o.note_id = n.id) v
  WHERE n.sprint_id = $1 AND ($3 OR n.author_id = $2)
  ORDER BY v.votes DESC, n.created_at, n.id;

SELECT n.id, n.sprint_id AS "sprintId", n.author_id AS "authorId", n.version
  FROM retro_note n
  WHERE n.id = $1;

SELECT n.id, n.sprint_id AS "sprintId", n.author_id AS "authorId", n.version
  FROM retro_note n
  WHERE n.id = $1 FOR UPDATE;

SELECT r.id, r.project_id AS "projectId", r.name, r.description, r.planned_on::text AS "plannedOn", r.released_on::text AS "releasedOn", r.version
  FROM release r
  WHERE r.id = $1;

SELECT r.id, r.project_id AS "projectId", r.name, r.description, r.planned_on::text AS "plannedOn", r.released_on::text AS "releasedOn", r.version
  FROM release r
  WHERE r.project_id = ANY ($1::uuid[]) AND r.deleted_at IS NULL
  ORDER BY COALESCE(r.released_on, r.planned_on), r.name_key, r.id;

SELECT r.id, r.project_id AS "projectId", r.name, r.description, r.planned_on::text AS "plannedOn", r.released_on::text AS "releasedOn", r.version, p.visibility, p.team_id AS "teamId", p.state AS "projectState", p.time_zone AS "timeZone", r.deleted_at IS NOT NULL AS deleted
  FROM release r
  JOIN project p ON p.id = r.project_id
  WHERE r.id = $1 FOR NO KEY UPDATE OF r;

SELECT revealed_at AS "revealedAt"
  FROM sprint
  WHERE id = $1;

SELECT revealed_at IS NOT NULL AS revealed
  FROM sprint
  WHERE id = $1;

SELECT s.id, COALESCE(n.tickets, 0)::int AS tickets, COALESCE(n.points, 0) AS points, COALESCE(n.unestimated, 0)::int AS unestimated, COALESCE(n.done, 0)::int AS done, COALESCE(n."donePoints", 0) AS "donePoints", COALESCE(n.cancelled, 0)::int AS cancelled, COALESCE(c.committed, 0)::int AS committed, COALESCE(c.points, 0) AS "committedPoints"
  FROM unnest($1::uuid[]) AS asked (id)
  JOIN sprint s ON s.id = asked.id
  LEFT JOIN LATERAL ( SELECT count(*) FILTER (WHERE NOT gone) AS tickets, sum(m.points) FILTER (WHERE NOT gone AND counts) AS points, count(*) FILTER (WHERE NOT gone AND counts AND m.points IS NULL) AS unestimated, count(*) FILTER (WHERE done) AS done, sum(m.points) FILTER (WHERE done AND counts) AS "donePoints", count(*) FILTER (WHERE gone) AS cancelled
  FROM ( SELECT t.points, t.resolution = 'DONE' AS done, COALESCE(t.resolution <> 'DONE', false) AS gone, NOT EXISTS (SELECT
  FROM ticket c
  WHERE c.parent_id = t.id AND c.sprint_id = t.sprint_id AND c.deleted_at IS NULL AND (c.resolution IS NULL OR c.resolution = 'DONE')) AS counts
  FROM ticket t
  WHERE s.state <> 'CLOSED' AND t.sprint_id = s.id AND t.deleted_at IS NULL
  UNION ALL SELECT k.points_at_end, k.outcome = 'COMPLETED', k.outcome = 'CANCELLED', k.counts_at_end
  FROM sprint_ticket k
  WHERE s.state = 'CLOSED' AND k.sprint_id = s.id AND k.outcome IS NOT NULL ) m ) n ON true
  LEFT JOIN LATERAL ( SELECT count(*) AS committed, sum(k.points_at_start) FILTER (WHERE k.counts_at_start) AS points
  FROM sprint_ticket k
  WHERE k.sprint_id = s.id AND k.committed ) c ON true;

SELECT s.id, s.name, s.state <> 'CLOSED' AS open
  FROM sprint s
  WHERE s.project_id = $1;

SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version
  FROM sprint s
  JOIN project p ON p.id = s.project_id
  WHERE s.id = $3 AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version
  FROM sprint s
  WHERE s.board_id = ANY ($1::uuid[]) AND s.state = 'RUNNING'
  ORDER BY s.started_at DESC, s.id;

SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version
  FROM sprint s
  WHERE s.id = $1;

SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM sprint s
  JOIN project p ON p.id = s.project_id
  WHERE s.id = $1 FOR NO KEY UPDATE OF s;

SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM sprint s
  JOIN project p ON p.id = s.project_id
  WHERE s.id = $1 FOR SHARE OF s;

SELECT s.id, s.project_id AS "projectId", s.name, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", COALESCE((told.changes #>> '{abandoned,to}')::boolean, false) AS abandoned
  FROM sprint s
  JOIN LATERAL ( SELECT a.at, a.changes, a.changes #>> '{state,to}' AS state
  FROM activity a
  WHERE a.entity_id = s.id AND a.entity IN ('COLUMN', 'LABEL', 'SPRINT') AND a.changes ? 'state' AND a.at < $3
  ORDER BY a.seq DESC LIMIT 1 ) told ON told.state = 'CLOSED'
  WHERE s.project_id = $1 AND ($2::uuid IS NULL OR s.board_id = $2)
  ORDER BY told.at DESC, s.id LIMIT 20;

SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, t.state, t.resolution, u.name AS assignee
  FROM retro_action a
  JOIN ticket t ON t.id = a.ticket_id
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user u ON u.id = t.assignee_id
  WHERE a.sprint_id = $1 AND t.deleted_at IS NULL
  ORDER BY a.created_at, t.number;

SELECT ticket_id AS id
  FROM sprint_ticket
  WHERE sprint_id = $1 AND outcome IS NOT NULL;

UPDATE release
  SET deleted_at = NULL, version = version + 1
  WHERE id = $1;

UPDATE release
  SET deleted_at = now(), version = version + 1
  WHERE id = $1;

UPDATE release
  SET name = $2, name_key = $3, description = $4, planned_on = $5, released_on = $6, version = version + 1
  WHERE id = $1;

UPDATE retro_note
  SET body = $2, version = version + 1
  WHERE id = $1;

UPDATE sprint
  SET board_id = COALESCE($2, board_id), name = COALESCE($3, name), goal = COALESCE($4, goal), starts_on = COALESCE($5, starts_on), ends_on = COALESCE($6, ends_on), version = version + 1
  WHERE id = $1;

UPDATE sprint
  SET revealed_at = now()
  WHERE id = $1 AND revealed_at IS NULL
  RETURNING id;

UPDATE sprint
  SET state = 'CLOSED', closed_at = now(), abandoned = $2, version = version + 1
  WHERE id = $1;

UPDATE sprint
  SET state = 'RUNNING', started_at = COALESCE(started_at, now()), closed_at = NULL, abandoned = false, version = version + 1
  WHERE id = $1;

UPDATE sprint_stay
  SET ended_at = now()
  WHERE sprint_id = $1 AND ended_at IS NULL;

UPDATE sprint_ticket
  SET outcome = NULL, points_at_end = NULL, carried_to = NULL, counts_at_end = true
  WHERE sprint_id = $1 AND outcome IS NOT NULL;

WITH left_over AS ( SELECT k.ticket_id AS id
  FROM sprint_ticket k
  WHERE k.sprint_id = $1 AND k.outcome = 'CARRIED'
  UNION SELECT t.id
  FROM ticket t
  JOIN sprint s ON s.id = t.sprint_id
  WHERE s.id = $1 AND s.state = 'RUNNING' AND t.state <> 'DONE' AND t.deleted_at IS NULL ) SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, h.device AS "deviceHours", h.cpu AS "cpuHours"
  FROM left_over l
  JOIN ticket t ON t.id = l.id
  JOIN project p ON p.id = t.project_id
  CROSS JOIN LATERAL ( SELECT COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), $2) - a.started_at)) FILTER (WHERE a.is_gpu IS TRUE), 0)::float8 / 3600 AS device, COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), $2) - a.started_at)) FILTER (WHERE a.is_gpu IS NOT TRUE), 0)::float8 / 3600 AS cpu
  FROM run r
  JOIN attempt a ON a.run_id = r.id
  WHERE r.ticket_id = t.id AND a.started_at < $2 ) h
  ORDER BY h.device DESC, h.cpu DESC, t.number;
