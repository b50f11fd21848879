DELETE
  FROM webhook
  WHERE id = $1;

INSERT INTO webhook AS w (id, project_id, address, events, secret, answerable_id, project_seq, organisation_seq)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  RETURNING w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version;

SELECT 1
  FROM webhook
  WHERE project_id = $1 LIMIT 1;

SELECT count(*)::int AS count
  FROM webhook
  WHERE project_id = $1;

SELECT d.id, d.event, d.state, d.tries, d.created_at AS "createdAt", d.tried_at AS "triedAt", d.duration_ms AS "durationMs", d.error, d.answer_status AS "answerStatus", d.answer, d.created_at::text AS key
  FROM webhook_delivery d
  WHERE d.webhook_id = $1 AND ($2::timestamptz IS NULL OR (d.created_at, d.id) < ($2, $3))
  ORDER BY d.created_at DESC, d.id DESC LIMIT $4;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM webhook w
  JOIN project p ON p.id = w.project_id
  WHERE w.id = $1;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState", d.id, d.event, d.scope, d.seq::int AS seq
  FROM webhook_delivery d
  JOIN webhook w ON w.id = d.webhook_id
  JOIN project p ON p.id = w.project_id
  WHERE d.id = $1;

SELECT p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState", w.active
  FROM webhook_delivery d
  JOIN webhook w ON w.id = d.webhook_id
  JOIN project p ON p.id = w.project_id
  WHERE d.id = $1 FOR UPDATE OF d FOR SHARE OF p;

SELECT w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version
  FROM webhook w
  WHERE w.project_id = $1
  ORDER BY w.created_at, w.id;

SELECT w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version, p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM webhook w
  JOIN project p ON p.id = w.project_id
  WHERE w.id = $1;

SELECT w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version, p.id AS "projectId", p.visibility, p.team_id AS "teamId", p.state AS "projectState", w.secret
  FROM webhook w
  JOIN project p ON p.id = w.project_id
  WHERE w.id = $1 FOR UPDATE OF w FOR SHARE OF p;

UPDATE webhook AS w
  SET address = $2, events = $3, active = $4, version = version + 1, off_reason = CASE WHEN $4 THEN NULL ELSE off_reason END, failures = CASE WHEN $5 THEN 0 ELSE failures END, failing_since = CASE WHEN $5 THEN NULL ELSE failing_since END, answerable_id = CASE WHEN $5 THEN $6 ELSE answerable_id END
  WHERE id = $1
  RETURNING w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version;

UPDATE webhook AS w
  SET secret = $2, answerable_id = $3, version = version + 1
  WHERE id = $1
  RETURNING w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version;

UPDATE webhook_delivery AS d
  SET state = 'WAITING', round = round + 1, tries = 0, error = NULL, answer_status = NULL, answer = NULL, duration_ms = NULL
  WHERE d.id = $1
  RETURNING d.id, d.event, d.state, d.tries, d.created_at AS "createdAt", d.tried_at AS "triedAt", d.duration_ms AS "durationMs", d.error, d.answer_status AS "answerStatus", d.answer, d.round;

UPDATE webhook_delivery
  SET state = 'FAILED', error = 'SWITCHED_OFF'
  WHERE webhook_id = $1 AND state = 'WAITING';
