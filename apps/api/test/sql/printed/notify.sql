INSERT INTO inbox_muted (user_id, reason)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING;

SELECT count(*)::int AS count
  FROM (SELECT 1
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL) AND i.read_at IS NULL LIMIT 100) AS shown;

SELECT i.id, i.reason, i.why, i.at, i.read_at AS "readAt", p.key AS "projectKey", p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.id AS "runId", r.number AS "runNumber", CASE WHEN a.entity = 'RULE' THEN a.entity_id END AS "ruleId", a.changes #>> '{rule,to}' AS "ruleName", (SELECT told ->> 'text'
  FROM jsonb_array_elements(CASE WHEN a.entity = 'RULE' THEN a.changes #> '{notified,to}' END) told
  WHERE told ->> 'userId' = i.user_id::text LIMIT 1) AS text, a.actor_id AS "actorId"
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL) AND i.id = ANY ($4)
  ORDER BY i.at DESC, i.id DESC;

SELECT i.id, i.reason, i.why, i.at, i.read_at AS "readAt", p.key AS "projectKey", p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.id AS "runId", r.number AS "runNumber", CASE WHEN a.entity = 'RULE' THEN a.entity_id END AS "ruleId", a.changes #>> '{rule,to}' AS "ruleName", (SELECT told ->> 'text'
  FROM jsonb_array_elements(CASE WHEN a.entity = 'RULE' THEN a.changes #> '{notified,to}' END) told
  WHERE told ->> 'userId' = i.user_id::text LIMIT 1) AS text, a.actor_id AS "actorId", i.at::text AS key
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL) AND ($4::timestamptz IS NULL OR (i.at, i.id) < ($4, $5)) AND ($7::boolean IS NULL OR (i.read_at IS NOT NULL) = $7)
  ORDER BY i.at DESC, i.id DESC LIMIT $6;

SELECT reason
  FROM inbox_muted
  WHERE user_id = $1;

UPDATE inbox_item
  SET read_at = NULL
  WHERE read_at IS NOT NULL AND id IN (SELECT i.id
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL) AND i.id = ANY ($4));

UPDATE inbox_item
  SET read_at = now()
  WHERE read_at IS NULL AND id IN (SELECT i.id
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL) AND i.id = ANY ($4));

UPDATE inbox_item
  SET read_at = now()
  WHERE read_at IS NULL AND id IN (SELECT i.id
  FROM inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND (p.state <> 'ERASING' AND ($1::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($2::uuid[]))))
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL));
