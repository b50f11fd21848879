INSERT INTO attempt (id, run_id, number, tick, total_steps, total_epochs, waiting, rings, rung_at, queued_at) SELECT one.id, one.run_id, one.number, one.tick, one.steps, one.epochs, one.waiting, 1, now(), now() + (one.place - 1) * interval '1 microsecond'
  FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::bigint[], $6::int[], $7::text[]) WITH ORDINALITY AS one (id, run_id, number, tick, steps, epochs, waiting, place);

INSERT INTO run (id, project_id, ticket_id, number, template, engine, spec, limits, dataset_id, dataset_digest, attempt_id, created_by, group_id, queued_at) SELECT one.id, $1, $2, $3::int + one.place - 1, $4, $5, one.spec, $6, $7, $8, one.attempt_id, $9, $10, now() + (one.place - 1) * interval '1 microsecond'
  FROM unnest($11::uuid[], $12::uuid[], $13::jsonb[]) WITH ORDINALITY AS one (id, attempt_id, spec, place);

INSERT INTO run_group (id, project_id, ticket_id, varied, created_by)
  VALUES ($1, $2, $3, $4, $5);

SELECT COALESCE(sum(a.elapsed_ms), 0)::float8 AS "trainedMs", percentile_disc(0.5) WITHIN GROUP (ORDER BY waited.ms) AS "medianWaitMs", percentile_disc(0.9) WITHIN GROUP (ORDER BY waited.ms) AS "longWaitMs"
  FROM run r
  JOIN project p ON p.id = r.project_id
  JOIN attempt a ON a.id = r.attempt_id
  CROSS JOIN LATERAL (SELECT greatest(0, extract(epoch
  FROM r.started_at - r.queued_at))::float8 * 1000 AS ms) waited
  WHERE r.started_at >= now() - interval '7 days' AND p.archived_at IS NULL AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT
  FROM run
  WHERE dataset_id = $1 AND state IN ('QUEUED', 'STARTING', 'RUNNING') LIMIT 1;

SELECT a.id, a.number, a.run_id AS "runId", a.state, a.claim, a.claim + 1 - GREATEST(1, (SELECT max(claim)
  FROM checkpoint
  WHERE attempt_id = a.id)) AS "vainClaims", a.lease_until AS "leaseUntil", COALESCE(a.retry_at > now(), false) AS paused, a.cancel_requested AS "cancelRequested", a.runner_id AS "runnerId", (SELECT n.credential_id
  FROM runner n
  WHERE n.id = a.runner_id) AS "credentialId", a.next_seq AS "nextSeq", a.headline, a.spark, a.failure_code AS "failureCode", r.project_id AS "projectId", r.ticket_id AS "ticketId", r.spec, (SELECT json_object_agg(s.name, s.unit)
  FROM metric_series s
  WHERE s.run_id = r.id) AS series
  FROM attempt a
  JOIN run r ON r.id = a.run_id
  WHERE a.id = $1 FOR UPDATE OF a;

SELECT a.number, a.tick, a.total_steps::float8 AS "totalSteps", a.failure_code AS "failureCode", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep"
  FROM attempt a
  WHERE a.id = $1;

SELECT attempt_id AS "attemptId"
  FROM run
  WHERE group_id = $1 AND state IN ('QUEUED', 'STARTING', 'RUNNING')
  ORDER BY number;

SELECT g.created_by AS "ownerId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM run_group g
  JOIN project p ON p.id = g.project_id
  WHERE g.id = $1;

SELECT g.id, g.ticket_id AS "ticketId", g.project_id AS "projectId", g.created_at AS "createdAt", g.varied, g.created_by AS "createdById", (SELECT count(*)::int
  FROM run r
  WHERE r.group_id = g.id) AS count, (SELECT count(*)::int
  FROM run r
  WHERE r.group_id = g.id AND r.state NOT IN ('QUEUED', 'STARTING', 'RUNNING')) AS ended, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM run_group g
  JOIN project p ON p.id = g.project_id
  WHERE g.id = $1;

SELECT r.id, r.name, r.engines, r.concurrency, (SELECT count(*)::int
  FROM attempt a
  WHERE a.runner_id = r.id AND a.state IN ('STARTING', 'RUNNING')) AS busy
  FROM runner r
  WHERE r.last_seen_at > now() - make_interval(secs => $1)
  ORDER BY r.name, r.id;

SELECT r.id, r.name, r.host, r.version, r.contract, r.cores, r.memory_mib AS "memoryMiB", r.concurrency, r.engines, r.credential_id AS "credentialId", r.last_seen_at AS "lastSeenAt", r.last_seen_at > now() - make_interval(secs => $1) AS online, (SELECT count(*)::int
  FROM attempt a
  WHERE a.runner_id = r.id AND a.state IN ('STARTING', 'RUNNING')) AS busy
  FROM runner r
  ORDER BY online DESC, r.name;

SELECT r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows, r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version, r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep"
  FROM run r
  JOIN attempt a ON a.id = r.attempt_id
  JOIN project p ON p.id = r.project_id
  WHERE r.id = ANY ($3) AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows, r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version, r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM run r
  JOIN attempt a ON a.id = r.attempt_id
  JOIN project p ON p.id = r.project_id
  WHERE r.id = $1;

SELECT r.id, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.state, r.attempt_id AS "attemptId", r.created_by AS "ownerId", r.dataset_id AS "datasetId", r.dataset_digest AS "datasetDigest", r.spec, t.deleted_at IS NOT NULL AS "ticketDeleted", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM run r
  JOIN project p ON p.id = r.project_id
  JOIN ticket t ON t.id = r.ticket_id
  WHERE r.id = $1;

SELECT r.id, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.state, r.attempt_id AS "attemptId", r.created_by AS "ownerId", r.dataset_id AS "datasetId", r.dataset_digest AS "datasetDigest", r.spec, t.deleted_at IS NOT NULL AS "ticketDeleted", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM run r
  JOIN project p ON p.id = r.project_id
  JOIN ticket t ON t.id = r.ticket_id
  WHERE r.id = $1 FOR UPDATE OF r;

UPDATE attempt
  SET lease_until = 'epoch', runner_id = NULL
  WHERE state IN ('STARTING', 'RUNNING') AND runner_id IN (SELECT id
  FROM runner
  WHERE credential_id = $1);

UPDATE attempt
  SET state = $2, claim = $3, cancel_requested = $4, tick = tick + 1, lease_until = CASE WHEN $5 THEN NULL ELSE lease_until END, runner_id = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE runner_id END, phase = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE phase END, samples_per_second = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE samples_per_second END, waiting = CASE WHEN $6 THEN 'RETRYING' WHEN $2 = 'QUEUED' THEN waiting END, failure_code = $7, failure_message = $8, failure_params = $9, result = COALESCE($10::jsonb, result), remaining_ms = CASE WHEN $5 THEN NULL ELSE remaining_ms END, rings = rings + CASE WHEN $6 THEN 1 ELSE 0 END, rung_at = CASE WHEN $6 THEN now() + make_interval(secs => $12) ELSE rung_at END, retry_at = CASE WHEN $12 > 0 THEN now() + make_interval(secs => $12) END, ended_at = CASE WHEN $11 THEN now() END
  WHERE id = $1
  RETURNING rings;

UPDATE run
  SET attempt_id = $2, state = 'QUEUED', ended_at = NULL, version = version + 1
  WHERE id = $1;

UPDATE run
  SET state = $2, version = version + 1, started_at = CASE WHEN $2 = 'STARTING' THEN COALESCE(started_at, now()) ELSE started_at END, ended_at = CASE WHEN $3 THEN now() END
  WHERE id = $1;
