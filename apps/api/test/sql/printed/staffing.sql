DELETE
  FROM calendar
  WHERE id = $1;

DELETE
  FROM calendar_day
  WHERE calendar_id = $1 AND day = ANY ($2::date[]);

DELETE
  FROM membership
  WHERE id = ANY ($1);

DELETE
  FROM time_off
  WHERE id = $1;

DELETE
  FROM working_pattern
  WHERE id = ANY ($1);

INSERT INTO calendar (id, name, name_key, weekdays, known_until)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO calendar_day (calendar_id, day, works, name) SELECT $1, d.*
  FROM unnest($2::date[], $3::boolean[], $4::text[]) AS d (day, works, name);

INSERT INTO membership AS r (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  RETURNING r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version;

INSERT INTO role (id, key, role_group, name_en, name_zh)
  VALUES ($1, $2, $3, $4, $5);

INSERT INTO team (id, name, name_key, description)
  VALUES ($1, $2, $3, $4);

INSERT INTO time_off (id, user_id, from_date, to_date, from_noon, until_noon)
  VALUES ($1, $2, $3, $4, $5, $6);

INSERT INTO working_pattern AS r (id, user_id, minutes, calendar_id, from_date, to_date)
  VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING r.id, r.user_id AS "userId", r.minutes AS "minutes", r.calendar_id AS "calendarId", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version;

SELECT DISTINCT r.key
  FROM membership m
  JOIN role r ON r.id = m.role_id
  WHERE m.user_id = $1 AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date);

SELECT
  FROM team
  WHERE id = $1 AND deleted_at IS NULL FOR KEY SHARE;

SELECT
  FROM team t
  WHERE t.id = (SELECT m.team_id
  FROM membership m
  WHERE m.id = $1) AND t.deleted_at IS NULL FOR KEY SHARE OF t;

SELECT c.id, c.key, c.name, c.weekdays, c.known_until::text AS "knownUntil", c.version
  FROM calendar c
  ORDER BY (c.id = $1) DESC, c.name_key, c.id;

SELECT c.id, c.key, c.name, c.weekdays, c.known_until::text AS "knownUntil", c.version
  FROM calendar c
  WHERE c.id = $1;

SELECT c.id, c.key, c.name, c.weekdays, c.known_until::text AS "knownUntil", c.version
  FROM calendar c
  WHERE c.id = $1 FOR UPDATE;

SELECT c.id, c.key, c.name, c.weekdays, c.known_until::text AS "knownUntil", c.version
  FROM calendar c
  WHERE c.id = ANY ($1::uuid[]);

SELECT count(*)::int AS count
  FROM calendar;

SELECT count(*)::int AS count
  FROM calendar_day
  WHERE calendar_id = $1;

SELECT d.calendar_id AS "calendarId", d.day::text AS day, d.works, d.name
  FROM calendar_day d
  WHERE d.calendar_id = ANY ($1::uuid[]) AND d.day BETWEEN $2::date AND $3::date
  ORDER BY d.day;

SELECT d.day::text AS day, d.works, d.name
  FROM calendar_day d
  WHERE d.calendar_id = $1 AND d.day = ANY ($2::date[])
  ORDER BY d.day;

SELECT id, key, role_group AS "group", name_en AS "nameEn", name_zh AS "nameZh"
  FROM role
  ORDER BY array_position(ARRAY['CORE_RND', 'TECHNICAL_SUPPORT', 'PROJECT_MANAGEMENT'], role_group), name_en, id;

SELECT id, key, role_group AS "group", name_en AS "nameEn", name_zh AS "nameZh"
  FROM role
  WHERE id = ANY ($1);

SELECT m.user_id AS "personId", u.name, u.disabled, m.from_date::text AS "fromDate", m.to_date::text AS "toDate"
  FROM membership m
  JOIN app_user u ON u.id = m.user_id
  WHERE m.team_id = $1 AND (m.from_date IS NULL OR m.from_date <= $3::date) AND (m.to_date IS NULL OR m.to_date >= $2::date)
  ORDER BY u.name, u.id;

SELECT m.user_id AS "userId", m.allocation, m.from_date::text AS "fromDate", m.to_date::text AS "toDate"
  FROM membership m
  WHERE m.user_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR m.team_id = $2) AND (m.from_date IS NULL OR m.from_date <= $4::date) AND (m.to_date IS NULL OR m.to_date >= $3::date);

SELECT name, description, version
  FROM team
  WHERE id = $1 AND deleted_at IS NULL FOR UPDATE;

SELECT o.id, o.user_id AS "userId", o.from_date::text AS "fromDate", o.to_date::text AS "toDate", o.from_noon AS "fromNoon", o.until_noon AS "untilNoon", o.version
  FROM time_off o
  WHERE o.id = $1 FOR UPDATE;

SELECT o.id, o.user_id AS "userId", o.from_date::text AS "fromDate", o.to_date::text AS "toDate", o.from_noon AS "fromNoon", o.until_noon AS "untilNoon", o.version
  FROM time_off o
  WHERE o.user_id = ANY ($1::uuid[]) AND o.from_date <= $3::date AND o.to_date >= $2::date
  ORDER BY o.from_date, o.id;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE (r.to_date IS NULL OR r.to_date >= (now() AT TIME ZONE 'UTC')::date) AND r.team_id = ANY ($1)
  ORDER BY r.team_role, (SELECT name_key
  FROM app_user u
  WHERE u.id = r.user_id), r.from_date NULLS FIRST, r.id;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE (r.to_date IS NULL OR r.to_date >= (now() AT TIME ZONE 'UTC')::date) AND r.user_id = ANY ($1)
  ORDER BY r.allocation DESC, r.from_date NULLS FIRST, r.id;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.id = $1 FOR UPDATE;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.team_id = $1 AND r.user_id = $2 AND r.from_date > $3
  ORDER BY r.from_date;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.team_id = $1 AND r.user_id = $2 AND r.role_id = $3 AND r.id <> ALL ($4) AND daterange(r.from_date, r.to_date, '[]') && daterange($5::date, $6::date, '[]')
  ORDER BY r.from_date NULLS FIRST LIMIT 1;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.team_id = $1
  ORDER BY r.id FOR UPDATE;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.to_date < (now() AT TIME ZONE 'UTC')::date AND r.team_id = ANY ($1)
  ORDER BY r.to_date DESC, r.team_role, (SELECT name_key
  FROM app_user u
  WHERE u.id = r.user_id), r.from_date NULLS FIRST, r.id;

SELECT r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM membership r
  WHERE r.to_date < (now() AT TIME ZONE 'UTC')::date AND r.user_id = ANY ($1)
  ORDER BY r.to_date DESC, r.allocation DESC, r.from_date NULLS FIRST, r.id;

SELECT r.id, r.user_id AS "userId", r.minutes AS "minutes", r.calendar_id AS "calendarId", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM working_pattern r
  WHERE r.id = $1;

SELECT r.id, r.user_id AS "userId", r.minutes AS "minutes", r.calendar_id AS "calendarId", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM working_pattern r
  WHERE r.user_id = $1
  ORDER BY r.from_date NULLS FIRST;

SELECT r.id, r.user_id AS "userId", r.minutes AS "minutes", r.calendar_id AS "calendarId", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version
  FROM working_pattern r
  WHERE r.user_id = ANY ($1::uuid[])
  ORDER BY r.from_date NULLS FIRST;

SELECT s.id AS "sessionId", u.id AS "userId", u.org_role AS "orgRole", COALESCE((SELECT jsonb_object_agg(team_id, team_role)
  FROM ( SELECT m.team_id, min(m.team_role) AS team_role
  FROM membership m
  WHERE m.user_id = u.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)
  GROUP BY m.team_id) today), '{}') AS teams, (s.proved_at > now() - make_interval(mins => 10)) AS proved, (s.last_seen_at < now() - interval '5 minutes' OR s.address IS DISTINCT
  FROM $3) AS stale
  FROM session s
  JOIN app_user u ON u.id = s.user_id
  WHERE s.token_hash = $1 AND (s.expires_at > now() AND s.last_seen_at > now() - make_interval(days => $2)) AND NOT u.disabled;

SELECT t.id AS "teamId", u.id AS "userId"
  FROM team t
  LEFT JOIN app_user u ON u.id = $2
  WHERE t.id = $1 AND t.deleted_at IS NULL FOR SHARE OF t;

SELECT t.id, t.name, t.description, t.version, t.deleted_at AS "deletedAt", (SELECT count(DISTINCT m.user_id)::int
  FROM membership m
  WHERE m.team_id = t.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS "memberCount"
  FROM team t
  WHERE t.deleted_at IS NULL
  ORDER BY t.name_key, t.id;

SELECT t.id, t.name, t.description, t.version, t.deleted_at AS "deletedAt", (SELECT count(DISTINCT m.user_id)::int
  FROM membership m
  WHERE m.team_id = t.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS "memberCount"
  FROM team t
  WHERE t.id = $1;

SELECT t.id, t.name, t.description, t.version, t.deleted_at AS "deletedAt", (SELECT count(DISTINCT m.user_id)::int
  FROM membership m
  WHERE m.team_id = t.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS "memberCount"
  FROM team t
  WHERE t.id = ANY ($1);

SELECT u.id AS "userId", u.org_role AS "orgRole", COALESCE((SELECT jsonb_object_agg(team_id, team_role)
  FROM ( SELECT m.team_id, min(m.team_role) AS team_role
  FROM membership m
  WHERE m.user_id = u.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)
  GROUP BY m.team_id) today), '{}') AS teams
  FROM app_user u
  WHERE u.id = $1;

SELECT u.id, ARRAY(SELECT m.team_id::text
  FROM membership m
  WHERE m.user_id = u.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS teams
  FROM app_user u
  WHERE u.id = $1;

SELECT u.id, u.name, (SELECT sum(m.allocation)::int
  FROM membership m
  WHERE m.user_id = u.id AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date)) AS allocation
  FROM app_user u
  WHERE NOT u.disabled AND EXISTS (SELECT
  FROM membership m
  WHERE m.user_id = u.id AND m.team_id = $1 AND (m.from_date IS NULL OR m.from_date <= (now() AT TIME ZONE 'UTC')::date) AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'UTC')::date))
  ORDER BY u.name_key, u.id LIMIT 100;

UPDATE calendar
  SET name = $2, name_key = $3, weekdays = $4, known_until = $5, version = version + 1, key = CASE WHEN name = $2 THEN key END
  WHERE id = $1;

UPDATE calendar
  SET version = version + 1, known_until = COALESCE($2::date, known_until)
  WHERE id = $1;

UPDATE membership r
  SET role_id = $2, team_role = $3, allocation = $4, from_date = $5, to_date = $6, version = r.version + 1
  WHERE r.id = $1
  RETURNING r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version;

UPDATE membership r
  SET to_date = $2, version = r.version + 1
  WHERE r.id = $1
  RETURNING r.id, r.team_id AS "teamId", r.user_id AS "userId", r.role_id AS "roleId", r.team_role AS "teamRole", r.allocation AS "allocation", r.from_date::text AS "fromDate", r.to_date::text AS "toDate", r.version;

UPDATE team
  SET deleted_at = now(), version = version + 1
  WHERE id = $1;

UPDATE team
  SET name = COALESCE($2, name), name_key = COALESCE($4, name_key), description = COALESCE($3, description), version = version + 1
  WHERE id = $1;
