INSERT INTO runner_credential AS c (id, name, token_hash, created_by)
  VALUES ($1, $2, $3, $4)
  RETURNING c.id, c.name, c.created_at AS "createdAt", (SELECT last_seen_at
  FROM runner r
  WHERE r.credential_id = c.id) AS "lastSeenAt";

SELECT EXISTS (SELECT
  FROM runner) AS "CONNECT_RUNNER", EXISTS (SELECT
  FROM dataset d
  LEFT JOIN project p ON p.id = d.project_id
  WHERE p.id IS NULL OR (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))) AS "ADD_DATA", EXISTS (SELECT
  FROM ticket t
  JOIN project p ON p.id = t.project_id
  WHERE t.deleted_at IS NULL AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))) AS "MAKE_TICKET", EXISTS (SELECT
  FROM run r
  JOIN project p ON p.id = r.project_id
  WHERE (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))) AS "QUEUE_RUN", (SELECT count(*) > 1
  FROM (SELECT
  FROM app_user
  WHERE NOT disabled LIMIT 2) people) AS "INVITE";

SELECT c.id, c.name, c.created_at AS "createdAt", (SELECT last_seen_at
  FROM runner r
  WHERE r.credential_id = c.id) AS "lastSeenAt"
  FROM runner_credential c
  WHERE revoked_at IS NULL
  ORDER BY name, created_at, id;

UPDATE runner
  SET last_seen_at = LEAST(last_seen_at, now() - interval '1 minute')
  WHERE credential_id = $1;

UPDATE runner_credential
  SET revoked_at = now()
  WHERE id = $1 AND revoked_at IS NULL
  RETURNING name;
