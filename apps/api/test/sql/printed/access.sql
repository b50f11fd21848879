DELETE
  FROM known_browser
  WHERE secret_hash IN (SELECT secret_hash
  FROM known_browser
  WHERE user_id = $1
  ORDER BY last_used_at DESC OFFSET $2);

DELETE
  FROM known_browser
  WHERE user_id = $1;

DELETE
  FROM session
  WHERE id = $1;

DELETE
  FROM session
  WHERE user_id = $1;

DELETE
  FROM session
  WHERE user_id = $1 AND id = $2
  RETURNING id;

DELETE
  FROM session
  WHERE user_id = $1 AND id IS DISTINCT
  FROM $2;

DELETE
  FROM session
  WHERE user_id = $1 AND id IS DISTINCT
  FROM $2
  RETURNING id;

DELETE
  FROM session
  WHERE user_id = $1
  RETURNING id;

DELETE
  FROM sign_in_throttle
  WHERE key = $1;

INSERT INTO access_token (id, user_id, name, token_hash, scopes, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt";

INSERT INTO app_user (id, name, name_key, email, email_key, org_role, password_hash, locale)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

INSERT INTO known_browser (secret_hash, user_id, last_used_at)
  VALUES ($1, $2, clock_timestamp());

INSERT INTO session (id, user_id, token_hash, user_agent, address, expires_at)
  VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6));

INSERT INTO sign_in_throttle (key, failures, last_failure_at) SELECT unnest($1::text[]), 0, $2
  ON CONFLICT DO NOTHING;

SELECT 1 AS found
  FROM app_user LIMIT 1;

SELECT 1 AS found
  FROM app_user
  WHERE email = $1 AND demo_password AND NOT disabled;

SELECT 1
  FROM app_user
  WHERE id = $1 FOR UPDATE;

SELECT 1
  FROM session s
  WHERE s.id = $1 AND (s.expires_at > now() AND s.last_seen_at > now() - make_interval(days => $2));

SELECT count(*)::int AS count
  FROM access_token
  WHERE user_id = $1 AND revoked_at IS NULL;

SELECT count(*)::int AS count
  FROM app_user
  WHERE ($1::text IS NULL OR name_key LIKE $1 OR ($2 AND email_key LIKE $1));

SELECT email, name
  FROM app_user
  WHERE id = $1;

SELECT id
  FROM app_user
  WHERE id = $1 AND password_hash = $2 AND NOT disabled FOR NO KEY UPDATE;

SELECT id
  FROM app_user
  WHERE org_role = 'OWNER' AND NOT disabled
  ORDER BY id FOR UPDATE;

SELECT id
  FROM organisation FOR NO KEY UPDATE;

SELECT id, name
  FROM app_user
  WHERE id = ANY ($1);

SELECT id, name
  FROM organisation;

SELECT id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt"
  FROM app_user
  WHERE id = $1;

SELECT id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt"
  FROM app_user
  WHERE id = $1 FOR UPDATE;

SELECT id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt"
  FROM app_user
  WHERE id = ANY ($1);

SELECT id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt"
  FROM app_user u, LATERAL (SELECT EXISTS (SELECT
  FROM membership m
  WHERE m.team_id = $1 AND m.user_id = u.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS member) m
  WHERE NOT u.disabled AND (m.member OR $2 = 'OPEN' OR u.org_role IN ('OWNER', 'ADMIN'))
  ORDER BY m.member DESC, u.name_key, u.id LIMIT 500;

SELECT id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt", name_key AS key
  FROM app_user
  WHERE ($1::text IS NULL OR name_key LIKE $1 OR ($2 AND email_key LIKE $1)) AND ($3::text IS NULL OR (name_key, id) > ($3, $4::uuid))
  ORDER BY name_key, id LIMIT $5;

SELECT id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
  FROM access_token
  WHERE user_id = $1 AND revoked_at IS NULL
  ORDER BY created_at DESC, id;

SELECT id, password_hash AS "passwordHash"
  FROM app_user
  WHERE (email_key = $1 OR email = $2) AND NOT disabled
  ORDER BY email = $2 DESC LIMIT 1;

SELECT id, user_agent AS "userAgent", address, created_at AS "createdAt", last_seen_at AS "lastSeenAt"
  FROM session s
  WHERE user_id = $1 AND (s.expires_at > now() AND s.last_seen_at > now() - make_interval(days => $2))
  ORDER BY id = $3 DESC NULLS LAST, last_seen_at DESC, id LIMIT 100;

SELECT key, failures, last_failure_at AS "lastFailureAt", blocked_until AS "blockedUntil"
  FROM sign_in_throttle
  WHERE key = ANY ($1)
  ORDER BY key FOR UPDATE;

SELECT locale
  FROM app_user
  WHERE id = $1;

SELECT password_hash AS "passwordHash"
  FROM app_user
  WHERE id = $1;

UPDATE access_token
  SET revoked_at = now()
  WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL
  RETURNING name;

UPDATE access_token
  SET revoked_at = now()
  WHERE user_id = $1 AND revoked_at IS NULL;

UPDATE app_user
  SET locale = $2
  WHERE id = $1;

UPDATE app_user
  SET name = $2, name_key = $3, version = version + 1
  WHERE id = $1
  RETURNING id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt";

UPDATE app_user
  SET name = COALESCE($2, name), name_key = COALESCE($6, name_key), org_role = COALESCE($3, org_role), disabled = COALESCE($4, disabled), password_hash = COALESCE($5, password_hash), demo_password = demo_password AND $5::text IS NULL, version = version + 1
  WHERE id = $1
  RETURNING id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt";

UPDATE app_user
  SET password_hash = $2, demo_password = false, version = version + 1
  WHERE id = $1;

UPDATE known_browser b
  SET failures = 0, last_used_at = clock_timestamp()
  WHERE user_id = $1 AND secret_hash = ANY ($2) AND (b.last_used_at > now() - interval '180 days')
  RETURNING secret_hash AS "secretHash";

UPDATE session
  SET proved_at = now()
  WHERE id = $1 AND user_id = $2
  RETURNING id;

UPDATE sign_in_throttle
  SET failures = $2, last_failure_at = $3, blocked_until = $4
  WHERE key = $1;

UPDATE sign_in_throttle
  SET failures = greatest(failures - 1, 0), last_failure_at = CASE WHEN last_failure_at = $2 THEN $3 ELSE last_failure_at END, blocked_until = CASE WHEN last_failure_at = $2 THEN $4 ELSE blocked_until END
  WHERE key = $1;
