INSERT INTO runner_credential AS c (id, name, token_hash, created_by)
  VALUES ($1, $2, $3, $4)
  RETURNING c.id, c.name, c.created_at AS "createdAt", (SELECT last_seen_at
  FROM runner r
  WHERE r.credential_id = c.id) AS "lastSeenAt";

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
