SELECT DISTINCT s.ticket_id AS id
  FROM ticket_span s
  WHERE s.sprint_id = $1;

SELECT count(*) FILTER (WHERE stage = 'DONE')::int AS "doneBefore", count(*) FILTER (WHERE stage = 'OUT')::int AS "outBefore"
  FROM flow_item
  WHERE project_id = $1 AND stage IN ('DONE', 'OUT') AND since < $2;

SELECT count(*)::int AS total
  FROM flow_item i
  WHERE i.project_id = $1 AND i.created_at < $2 AND (i.progress_since IS NULL OR i.progress_since >= $2);

SELECT i.ticket_id AS "ticketId", (extract(epoch
  FROM i.since) * 1000)::float8 AS "endedAt"
  FROM flow_item i
  WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2
  ORDER BY i.since;

SELECT i.ticket_id AS "ticketId", i.kind, i.points, i.stage, (extract(epoch
  FROM i.since) * 1000)::float8 AS "since", (extract(epoch
  FROM i.created_at) * 1000)::float8 AS "createdAt", (extract(epoch
  FROM i.started_at) * 1000)::float8 AS "startedAt", (extract(epoch
  FROM i.episode_at) * 1000)::float8 AS "episodeAt", (extract(epoch
  FROM i.progress_since) * 1000)::float8 AS "progressSince", (extract(epoch
  FROM i.done_since) * 1000)::float8 AS "doneSince", (extract(epoch
  FROM i.out_since) * 1000)::float8 AS "outSince", i.active, i.starts, i.ends
  FROM flow_item i
  WHERE i.project_id = $1 AND (i.stage IN ('OPEN', 'IN_PROGRESS') OR i.since >= $2);

SELECT i.ticket_id AS id
  FROM flow_item i
  WHERE i.project_id = $1 AND i.created_at < $2 AND (i.progress_since IS NULL OR i.progress_since >= $2)
  ORDER BY i.created_at DESC, i.ticket_id LIMIT 1000;

SELECT min(created_at) AS at
  FROM flow_item
  WHERE project_id = $1;

SELECT s.ticket_id AS "ticketId", (extract(epoch
  FROM s.from_at) * 1000)::float8 AS "from", (extract(epoch
  FROM s.to_at) * 1000)::float8 AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.project_id = $1 AND s.from_at <= $2 AND s.to_at > $2 AND NOT s.deleted AND (s.parent_id IS NOT NULL OR s.kind = 'EPIC')
  ORDER BY s.from_at, s.ticket_id;

SELECT s.ticket_id AS "ticketId", (extract(epoch
  FROM s.from_at) * 1000)::float8 AS "from", (extract(epoch
  FROM s.to_at) * 1000)::float8 AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.sprint_id = ANY ($1::uuid[]);

SELECT s.ticket_id AS "ticketId", (extract(epoch
  FROM s.from_at) * 1000)::float8 AS "from", (extract(epoch
  FROM s.to_at) * 1000)::float8 AS "to", s.state, s.resolution, s.column_id AS "columnId", s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted
  FROM ticket_span s
  WHERE s.ticket_id = ANY ($1::uuid[])
  ORDER BY s.ticket_id, s.from_at;

WITH seen AS ( SELECT s.ticket_id, s.from_at, d.done, COALESCE(lag(d.done) OVER (PARTITION BY s.ticket_id
  ORDER BY s.from_at), i.created_at <> s.from_at) AS was
  FROM ticket_span s
  JOIN flow_item i ON i.ticket_id = s.ticket_id
  CROSS JOIN LATERAL (SELECT s.state = 'DONE' AND s.resolution = 'DONE' AND NOT s.deleted AS done) d
  WHERE s.project_id = $1 AND s.from_at < $3 AND s.to_at > $2 AND (s.from_at >= $2 OR s.resolution IS DISTINCT
  FROM 'DONE') ), told AS ( SELECT ticket_id, max(from_at) FILTER (WHERE done AND NOT was) AS since, (array_agg(done
  ORDER BY from_at DESC))[1] AS done
  FROM seen
  GROUP BY ticket_id ) SELECT ticket_id AS "ticketId", (extract(epoch
  FROM since) * 1000)::float8 AS "endedAt"
  FROM told
  WHERE done AND since >= $2
  ORDER BY since, ticket_id;
