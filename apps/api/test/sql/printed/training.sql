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

SELECT a.id AS "attemptId", s.name AS series, m.until::float8 AS until, m.data
  FROM attempt a
  JOIN metric_series s ON s.run_id = a.run_id
  CROSS JOIN LATERAL ( SELECT c.data, l.until
  FROM metric_chunk c
  CROSS JOIN LATERAL ( SELECT min(resumed_from_step) AS until
  FROM attempt_claim
  WHERE attempt_id = a.id AND claim > c.claim AND resumed_from_step IS NOT NULL ) l
  WHERE c.attempt_id = a.id AND c.series = s.name AND (l.until IS NULL OR c.from_step <= l.until)
  ORDER BY c.slot DESC, c.claim DESC LIMIT 1 ) m
  WHERE a.id = ANY ($1)
  ORDER BY s.name;

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

SELECT a.id, a.run_id AS "runId", a.number, a.claim, a.state, n.name AS "runnerName", a.engine, a.device, a.is_gpu AS "isGpu", a.versions, a.parameter_count::int AS "parameterCount", COALESCE((SELECT array_agg(c.resumed_from_step::int
  ORDER BY c.claim)
  FROM attempt_claim c
  WHERE c.attempt_id = a.id AND c.claim > 0 AND c.claim > (SELECT min(f.claim)
  FROM attempt_claim f
  WHERE f.attempt_id = a.id) AND c.resumed_from_step IS NOT NULL), '{}') AS "resumedFromSteps", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep", a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.started_at AS "startedAt", a.ended_at AS "endedAt"
  FROM attempt a
  LEFT JOIN runner n ON n.id = a.runner_id
  WHERE a.run_id = ANY ($1)
  ORDER BY a.number;

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

SELECT claim, line, at, stream, text, params
  FROM ( SELECT newest.*, sum(length(text)) OVER (ORDER BY claim DESC, line DESC) AS letters
  FROM (SELECT claim, line, at, stream, text, params
  FROM log_line
  WHERE attempt_id = $1
  ORDER BY claim DESC, line DESC LIMIT $2) newest ) counted
  WHERE letters <= $3
  ORDER BY claim DESC, line DESC;

SELECT count(*)::int AS runs, count(*) FILTER (WHERE state = 'QUEUED')::int AS "waitingRuns", count(*) FILTER (WHERE state IN ('STARTING', 'RUNNING'))::int AS "liveRuns"
  FROM run
  WHERE project_id = $1;

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

SELECT id, attempt_id AS "attemptId", name, size::float8 AS "sizeBytes", digest, created_at AS "createdAt"
  FROM artifact
  WHERE attempt_id = ANY ($1)
  ORDER BY name;

SELECT mine.id AS of, r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows, r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version, r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep"
  FROM run mine
  CROSS JOIN LATERAL ( SELECT b.id
  FROM run b
  WHERE b.ticket_id = mine.ticket_id AND b.number < mine.number AND b.template = mine.template
  ORDER BY b.number DESC LIMIT 1) before
  JOIN run r ON r.id = before.id
  JOIN attempt a ON a.id = r.attempt_id
  WHERE mine.id = ANY ($1);

SELECT mine.of, r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows, r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version, r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep"
  FROM (SELECT o.id AS of, o.project_id, o.dataset_id, o.dataset_digest, o.template, o.spec -> 'parameters' AS parameters, oa.headline
  FROM run o
  JOIN attempt oa ON oa.id = o.attempt_id
  WHERE o.id = ANY ($3) AND oa.headline IS NOT NULL) mine
  CROSS JOIN LATERAL ( SELECT b.id
  FROM run b
  JOIN attempt ba ON ba.id = b.attempt_id
  JOIN project p ON p.id = b.project_id
  WHERE b.dataset_id = mine.dataset_id AND b.dataset_digest = mine.dataset_digest AND b.template = mine.template AND b.id <> mine.of AND b.state = 'SUCCEEDED' AND ba.headline ->> 'name' = mine.headline ->> 'name' AND ba.headline ->> 'split' = mine.headline ->> 'split' AND b.spec -> 'parameters' -> 'targetColumn' IS NOT DISTINCT
  FROM mine.parameters -> 'targetColumn' AND (mine.headline ->> 'split' = 'TEST' OR b.spec -> 'parameters' -> 'validationSplit' IS NOT DISTINCT
  FROM mine.parameters -> 'validationSplit' AND (b.spec -> 'parameters' -> 'seed' IS NOT DISTINCT
  FROM mine.parameters -> 'seed' OR mine.parameters -> 'validationSplit' = '0')) AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  ORDER BY CASE WHEN (mine.headline ->> 'name') IN ('accuracy', 'r2') THEN (ba.headline ->> 'value')::float8 ELSE -(ba.headline ->> 'value')::float8 END DESC, b.queued_at, b.id LIMIT 1) best
  JOIN run r ON r.id = best.id
  JOIN attempt a ON a.id = r.attempt_id;

SELECT project_id AS id, count(*)::int AS count
  FROM run
  WHERE project_id = ANY ($1::uuid[]) AND state IN ('STARTING', 'RUNNING')
  GROUP BY project_id;

SELECT r.id AS "runId", r.number, r.state, t.id AS "ticketId", p.key || '-' || t.number AS "ticketKey", f.code AS "failureCode", f.ended_at AS "endedAt", f.device AS "deviceHours", f.cpu AS "cpuHours"
  FROM run r
  JOIN ticket t ON t.id = r.ticket_id
  JOIN project p ON p.id = t.project_id
  CROSS JOIN LATERAL ( SELECT max(a.ended_at) AS ended_at, (array_agg(a.failure_code
  ORDER BY a.number DESC))[1] AS code, COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), now()) - a.started_at)) FILTER (WHERE a.is_gpu IS TRUE), 0)::float8 / 3600 AS device, COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), now()) - a.started_at)) FILTER (WHERE a.is_gpu IS NOT TRUE), 0)::float8 / 3600 AS cpu
  FROM attempt a
  WHERE a.run_id = r.id AND a.state = 'FAILED' AND a.ended_at >= $2 AND a.ended_at < $3 ) f
  WHERE r.ticket_id IN (SELECT s.ticket_id
  FROM ticket_span s
  WHERE s.sprint_id = $1) AND f.ended_at IS NOT NULL
  ORDER BY f.device DESC, f.cpu DESC, r.number;

SELECT r.id AS "runId", r.ticket_id AS "ticketId", r.number, r.state, n.failure_code AS "failureCode", r.ended_at AS "endedAt", h.device AS "deviceHours", h.cpu AS "cpuHours"
  FROM run r
  JOIN attempt n ON n.id = r.attempt_id
  CROSS JOIN LATERAL (SELECT COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), now()) - a.started_at)) FILTER (WHERE a.is_gpu IS TRUE), 0)::float8 / 3600 AS device, COALESCE(sum(extract(epoch
  FROM LEAST(COALESCE(a.ended_at, now()), now()) - a.started_at)) FILTER (WHERE a.is_gpu IS NOT TRUE), 0)::float8 / 3600 AS cpu
  FROM attempt a
  WHERE a.run_id = r.id AND a.started_at IS NOT NULL) h
  WHERE r.ticket_id = ANY ($1::uuid[]) AND r.ended_at >= $2
  ORDER BY r.ended_at DESC;

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
  FROM (SELECT id, row_number() OVER (PARTITION BY ticket_id
  ORDER BY number DESC) AS place
  FROM run
  WHERE ticket_id = ANY ($1)) newest
  JOIN run r USING (id)
  JOIN attempt a ON a.id = r.attempt_id
  WHERE newest.place <= $2
  ORDER BY r.number DESC;

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

SELECT r.id, r.ticket_id AS "ticketId", r.number, r.state, a.queued_at AS "queuedAt", a.waiting, a.retry_at AS "retryAt", a.phase, a.step::int AS step, a.total_steps::int AS "totalSteps", a.training_epoch AS "trainingEpoch", a.total_epochs AS "totalEpochs", a.samples_per_second AS "samplesPerSecond", a.elapsed_ms AS "elapsedMs", a.remaining_ms AS "remainingMs", a.headline, a.doubt, a.spark, a.tick
  FROM run r
  JOIN attempt a ON a.id = r.attempt_id
  WHERE r.id = ANY ($1);

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

SELECT run_id AS "runId", name, unit
  FROM metric_series
  WHERE run_id = ANY ($1)
  ORDER BY name;

SELECT w.place::int, counted.total, newest.*
  FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::uuid[]) WITH ORDINALITY AS w (dataset_id, size, before_at, before_id, place)
  CROSS JOIN LATERAL (SELECT count(*)::int AS total
  FROM run r
  JOIN project p ON p.id = r.project_id
  WHERE r.dataset_id = w.dataset_id AND (p.state <> 'ERASING' AND ($5::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($6::uuid[]))))) counted
  LEFT JOIN LATERAL ( SELECT r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows, r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version, r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData", (SELECT step::int
  FROM checkpoint
  WHERE attempt_id = a.id
  ORDER BY claim DESC, step DESC LIMIT 1) AS "checkpointStep", r.queued_at::text AS position
  FROM run r
  JOIN project p ON p.id = r.project_id
  JOIN attempt a ON a.id = r.attempt_id
  WHERE r.dataset_id = w.dataset_id AND (p.state <> 'ERASING' AND ($5::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($6::uuid[])))) AND (w.before_at IS NULL OR (r.queued_at, r.id) < (w.before_at, w.before_id))
  ORDER BY r.queued_at DESC, r.id DESC LIMIT w.size + 1 ) newest ON true
  ORDER BY w.place, newest."queuedAt" DESC, newest.id DESC;

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

WITH told AS ( SELECT r.project_id, r.id, r.number, r.ended_at, a.headline ->> 'name' AS metric, a.headline ->> 'split' AS split, (a.headline ->> 'value')::float8 AS value
  FROM run r
  JOIN attempt a ON a.id = r.attempt_id
  WHERE r.project_id = ANY ($1) AND r.state = 'SUCCEEDED' AND a.headline IS NOT NULL ), newest AS ( SELECT DISTINCT ON (project_id) project_id, metric, split
  FROM told
  ORDER BY project_id, ended_at DESC, number DESC ), alike AS ( SELECT told.*, CASE WHEN metric IN ('accuracy', 'r2') THEN value ELSE -value END AS merit, row_number() OVER (PARTITION BY project_id
  ORDER BY ended_at DESC, number DESC) AS age
  FROM told
  JOIN newest USING (project_id, metric, split) ), best AS ( SELECT DISTINCT ON (project_id) *
  FROM alike
  ORDER BY project_id, merit DESC, number ), over_time AS ( SELECT project_id, max(merit) FILTER (WHERE ended_at < now() - interval '7 days') AS before, array_agg(value
  ORDER BY age DESC) FILTER (WHERE age <= 20) AS trend
  FROM alike
  GROUP BY project_id ) SELECT b.project_id AS "projectId", b.id AS "runId", b.number AS "runNumber", b.metric, b.split, b.value, CASE WHEN b.metric IN ('accuracy', 'r2') THEN o.before ELSE -o.before END AS before, o.trend
  FROM best b
  JOIN over_time o USING (project_id);
