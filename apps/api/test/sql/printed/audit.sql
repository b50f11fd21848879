INSERT INTO audit_entry (kind, outcome, actor_id, token_id, subject_id, code, address, user_agent, details, count)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

SELECT id::text, at, kind, outcome, actor_id AS "actorId", token_id AS "tokenId", subject_id AS "subjectId", code, address, user_agent AS "userAgent", details, count
  FROM audit_entry
  WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR kind = $2)
  ORDER BY audit_entry.id DESC LIMIT $3;
