DELETE
  FROM dataset
  WHERE id = $1;

INSERT INTO dataset (id, name, kind, source, project_id, synthetic, samples, seed, reading_asked, rings, rung_at, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, now(), $10);

SELECT count(*)::int AS count
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE (d.project_id IS NULL OR ($3::uuid IS NULL AND p.state = 'ACTIVE' OR d.project_id = $3) AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[])))));

SELECT count(*)::int AS datasets
  FROM dataset
  WHERE project_id = $1;

SELECT d.id, d.name, d.kind, d.source, d.state, d.project_id AS "projectId", d.error_code AS "errorCode", d.error_params AS "errorParams", d.digest, d.sample_count AS "sampleCount", d.test_count AS "testCount", d.input_shape AS "inputShape", d.size_bytes::float8 AS "sizeBytes", d.classes, d.checked_share AS "checkedShare", d.created_at AS "createdAt", d.version, d.created_by AS "createdById"
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE d.id = $1 AND (p.id IS NULL OR (p.state <> 'ERASING' AND ($2::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($3::uuid[])))));

SELECT d.id, d.name, d.kind, d.source, d.state, d.project_id AS "projectId", d.error_code AS "errorCode", d.error_params AS "errorParams", d.digest, d.sample_count AS "sampleCount", d.test_count AS "testCount", d.input_shape AS "inputShape", d.size_bytes::float8 AS "sizeBytes", d.classes, d.checked_share AS "checkedShare", d.created_at AS "createdAt", d.version, d.created_by AS "createdById"
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE d.id = ANY ($1) AND (p.id IS NULL OR (p.state <> 'ERASING' AND ($2::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($3::uuid[])))));

SELECT d.id, d.name, d.kind, d.source, d.state, d.project_id AS "projectId", d.error_code AS "errorCode", d.error_params AS "errorParams", d.digest, d.sample_count AS "sampleCount", d.test_count AS "testCount", d.input_shape AS "inputShape", d.size_bytes::float8 AS "sizeBytes", d.classes, d.checked_share AS "checkedShare", d.created_at AS "createdAt", d.version, d.created_by AS "createdById", d.created_at::text AS position
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE (d.project_id IS NULL OR ($3::uuid IS NULL AND p.state = 'ACTIVE' OR d.project_id = $3) AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))) AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4, $5::uuid))
  ORDER BY d.created_at DESC, d.id DESC LIMIT $6;

SELECT d.id, d.name, d.version, d.state, d.kind, d.reading_asked AS "readingAsked", d.created_by AS "ownerId", d.project_id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE d.id = $1 FOR UPDATE OF d;

SELECT id AS "datasetId", reading AS known, reading_asked AS asked, COALESCE(reading_evidence, '[]') AS evidence
  FROM dataset
  WHERE id = ANY ($1) AND kind = 'CSV';

SELECT id, columns AS value
  FROM dataset
  WHERE id = ANY ($1);

SELECT id, preview AS value
  FROM dataset
  WHERE id = ANY ($1);

SELECT id, state, kind, digest, project_id AS "projectId", sample_count AS "sampleCount", input_shape AS "inputShape", classes, columns
  FROM dataset
  WHERE id = $1 AND (project_id IS NULL OR project_id = $2) FOR KEY SHARE;

SELECT state, digest
  FROM dataset
  WHERE id = $1 FOR KEY SHARE;

UPDATE dataset
  SET lease_until = NULL, runner_id = NULL
  WHERE state = 'CHECKING' AND runner_id IN (SELECT id
  FROM runner
  WHERE credential_id = $1);

UPDATE dataset
  SET reading_asked = $2
  WHERE id = $1;

UPDATE dataset
  SET state = 'CHECKING', error_code = NULL, error_params = NULL, claim = claim + 1, lease_until = NULL, inspections = 0, checked_share = NULL, rings = rings + 1, rung_at = now(), version = version + 1
  WHERE id = $1
  RETURNING rings;
