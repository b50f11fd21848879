SELECT count(*) FILTER (WHERE stage = 'DONE')::int AS done, count(*) FILTER (WHERE stage = 'OUT')::int AS out
  FROM flow_item
  WHERE project_id = $1 AND stage IN ('DONE', 'OUT') AND since < $2;

SELECT count(*)::int AS "all", count(*) FILTER (WHERE EXISTS (SELECT
  FROM ticket_span m
  WHERE m.sprint_id = $4 AND m.ticket_id = d.ticket_id))::int AS "ofSprint"
  FROM ( SELECT s.ticket_id, s.from_at AS since
  FROM ticket_span s
  WHERE s.project_id = $1 AND s.from_at >= $2 AND s.from_at < $3 AND s.state = 'DONE' AND s.resolution = 'DONE' AND NOT s.deleted AND NOT EXISTS ( SELECT
  FROM (SELECT b.state, b.resolution, b.deleted
  FROM ticket_span b
  WHERE b.ticket_id = s.ticket_id AND b.from_at < s.from_at
  ORDER BY b.from_at DESC LIMIT 1) b
  WHERE b.state = 'DONE' AND b.resolution = 'DONE' AND NOT b.deleted) AND NOT EXISTS ( SELECT
  FROM ticket_span a
  WHERE a.ticket_id = s.ticket_id AND a.from_at > s.from_at AND a.from_at < $3 AND (a.state <> 'DONE' OR a.resolution IS DISTINCT
  FROM 'DONE' OR a.deleted))) d;

SELECT count(*)::int AS total
  FROM flow_item i
  WHERE i.project_id = $1 AND i.created_at < $2 AND (i.progress_since IS NULL OR i.progress_since >= $2);

SELECT i.ticket_id AS "ticketId", CASE WHEN i.stage = 'DONE' AND i.since >= $2 AND i.since < $3 THEN round(date_part('epoch', i.since) * 1000) END AS "doneAt", round(date_part('epoch', i.created_at) * 1000) AS created, round(date_part('epoch', i.progress_since) * 1000) AS progress, round(date_part('epoch', i.done_since) * 1000) AS done, round(date_part('epoch', i.out_since) * 1000) AS out
  FROM flow_item i
  WHERE i.project_id = $1 AND (i.stage IN ('OPEN', 'IN_PROGRESS') OR i.since >= $2)
  ORDER BY i.since, i.ticket_id;

SELECT i.ticket_id AS "ticketId", i.kind, i.points, i.stage, round(date_part('epoch', i.since) * 1000) AS "since", round(date_part('epoch', i.created_at) * 1000) AS "createdAt", round(date_part('epoch', i.started_at) * 1000) AS "startedAt", round(date_part('epoch', i.episode_at) * 1000) AS "episodeAt", round(date_part('epoch', i.progress_since) * 1000) AS "progressSince", round(date_part('epoch', i.done_since) * 1000) AS "doneSince", round(date_part('epoch', i.out_since) * 1000) AS "outSince", i.active, i.starts, i.ends
  FROM flow_item i
  WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 AND i.since < $3
  ORDER BY i.since DESC, i.ticket_id DESC LIMIT $4;

SELECT i.ticket_id AS "ticketId", round(date_part('epoch', i.episode_at) * 1000) AS "startedAt", round(date_part('epoch', i.started_at) * 1000) AS "firstAt", (SELECT s.column_id
  FROM ticket_span s
  WHERE s.ticket_id = i.ticket_id
  ORDER BY s.from_at DESC LIMIT 1) AS "columnId"
  FROM flow_item i
  WHERE i.project_id = $1 AND i.stage = 'IN_PROGRESS'
  ORDER BY i.episode_at, i.ticket_id;

SELECT i.ticket_id AS id
  FROM flow_item i
  WHERE i.project_id = $1 AND i.created_at < $2 AND (i.progress_since IS NULL OR i.progress_since >= $2)
  ORDER BY i.created_at DESC, i.ticket_id LIMIT 1000;

SELECT min(from_at) AS at
  FROM ticket_span
  WHERE project_id = $1;

SELECT s.ticket_id AS "ticketId", round(date_part('epoch', s.from_at) * 1000) AS "from", round(date_part('epoch', s.to_at) * 1000) AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.project_id = $1 AND s.from_at <= $2 AND s.to_at > $2 AND NOT s.deleted AND (s.parent_id IS NOT NULL OR s.kind = 'EPIC')
  ORDER BY s.from_at, s.ticket_id;

SELECT s.ticket_id AS "ticketId", round(date_part('epoch', s.from_at) * 1000) AS "from", round(date_part('epoch', s.to_at) * 1000) AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.sprint_id = $1;

SELECT s.ticket_id AS "ticketId", round(date_part('epoch', s.from_at) * 1000) AS "from", round(date_part('epoch', s.to_at) * 1000) AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.ticket_id = ANY ($1::uuid[])
  ORDER BY s.ticket_id, s.from_at;
