INSERT INTO rule (id, project_id, name, owner_id, enabled, trigger, condition, actions, since_seq, due_at, due_zone)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

SELECT count(*)::int AS count
  FROM rule
  WHERE project_id = $1 AND deleted_at IS NULL;

SELECT f.id, f.project_id AS "projectId", f.rule_id AS "ruleId", r.name AS "ruleName", f.ticket_id AS "ticketId", f.outcome, f.undone_at AS "undoneAt", p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM rule_firing f
  JOIN rule r ON r.id = f.rule_id
  JOIN project p ON p.id = f.project_id
  WHERE f.id = $1 FOR UPDATE OF f;

SELECT f.id, f.rule_id AS "ruleId", r.name AS "ruleName", f.rule_version AS "ruleVersion", f.outcome, f.reason, f.cause_seq::int AS "causedBy", f.due_at AS "dueAt", f.ticket_id AS "ticketId", CASE WHEN t.id IS NOT NULL THEN p.key || '-' || t.number END AS "ticketKey", t.title AS "ticketTitle", f.at, f.undone_at AS "undoneAt", ARRAY(SELECT c.name
  FROM unnest(f.chain) WITH ORDINALITY AS link (id, place)
  JOIN rule c ON c.id = link.id
  ORDER BY link.place) AS chain, f.chain AS "ruleIds"
  FROM rule_firing f
  JOIN rule r ON r.id = f.rule_id
  JOIN project p ON p.id = f.project_id
  LEFT JOIN ticket t ON t.id = f.ticket_id AND t.deleted_at IS NULL
  WHERE f.id = $1;

SELECT f.id, f.rule_id AS "ruleId", r.name AS "ruleName", f.rule_version AS "ruleVersion", f.outcome, f.reason, f.cause_seq::int AS "causedBy", f.due_at AS "dueAt", f.ticket_id AS "ticketId", CASE WHEN t.id IS NOT NULL THEN p.key || '-' || t.number END AS "ticketKey", t.title AS "ticketTitle", f.at, f.undone_at AS "undoneAt", ARRAY(SELECT c.name
  FROM unnest(f.chain) WITH ORDINALITY AS link (id, place)
  JOIN rule c ON c.id = link.id
  ORDER BY link.place) AS chain, f.chain AS "ruleIds", f.at::text AS key
  FROM rule_firing f
  JOIN rule r ON r.id = f.rule_id
  JOIN project p ON p.id = f.project_id
  LEFT JOIN ticket t ON t.id = f.ticket_id AND t.deleted_at IS NULL
  WHERE f.project_id = $1 AND ($2::uuid IS NULL OR f.rule_id = $2) AND ($3::text IS NULL OR f.outcome = $3) AND ($4::timestamptz IS NULL OR (f.at, f.id) < ($4, $5::uuid))
  ORDER BY f.at DESC, f.id DESC LIMIT $6;

SELECT r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions, r.due_at AS "dueAt", (SELECT max(f.at)
  FROM rule_firing f
  WHERE f.rule_id = r.id) AS "lastFiredAt", r.version
  FROM rule r
  LEFT JOIN app_user owner ON owner.id = r.owner_id
  JOIN project p ON p.id = r.project_id
  WHERE r.id = $3 AND r.deleted_at IS NULL AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))));

SELECT r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions, r.due_at AS "dueAt", (SELECT max(f.at)
  FROM rule_firing f
  WHERE f.rule_id = r.id) AS "lastFiredAt", r.version
  FROM rule r
  LEFT JOIN app_user owner ON owner.id = r.owner_id
  WHERE r.id = $1;

SELECT r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions, r.due_at AS "dueAt", (SELECT max(f.at)
  FROM rule_firing f
  WHERE f.rule_id = r.id) AS "lastFiredAt", r.version
  FROM rule r
  LEFT JOIN app_user owner ON owner.id = r.owner_id
  WHERE r.project_id = $1 AND r.deleted_at IS NULL
  ORDER BY r.created_at, r.id;

SELECT r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions, r.due_at AS "dueAt", (SELECT max(f.at)
  FROM rule_firing f
  WHERE f.rule_id = r.id) AS "lastFiredAt", r.version, p.visibility, p.team_id AS "teamId", p.state AS "projectState"
  FROM rule r
  LEFT JOIN app_user owner ON owner.id = r.owner_id
  JOIN project p ON p.id = r.project_id
  WHERE r.id = $1 AND r.deleted_at IS NULL FOR UPDATE OF r;

UPDATE rule
  SET enabled = false, deleted_at = now(), due_at = NULL, version = version + 1
  WHERE id = $1;

UPDATE rule
  SET name = $2, owner_id = $3, enabled = $4, trigger = $5, condition = $6, actions = $7, off_reason = CASE WHEN $4 THEN NULL ELSE off_reason END, since_seq = CASE WHEN $8 THEN $9 ELSE since_seq END, due_at = CASE WHEN $12 THEN $10 ELSE due_at END, due_zone = CASE WHEN $12 THEN $11 ELSE due_zone END, version = version + 1, updated_at = now()
  WHERE id = $1;

UPDATE rule_firing
  SET undone_at = now(), undone_by = $2
  WHERE id = $1;
