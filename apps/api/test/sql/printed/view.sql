DELETE
  FROM saved_view
  WHERE id = $1;

INSERT INTO saved_view (id, owner_id, list, project_id, name, name_key, query, shared)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

SELECT count(*)::int AS count
  FROM saved_view v
  WHERE v.list = $1 AND v.project_id IS NOT DISTINCT
  FROM $2 AND CASE WHEN $3 = 'owner' THEN v.owner_id = $4 ELSE v.shared END;

SELECT v.id, v.list, v.project_id AS "projectId", v.name, v.query, v.shared, v.owner_id AS "ownerId", v.version
  FROM saved_view v
  WHERE v.id = $4 AND (v.shared OR v.owner_id = $1) AND (v.project_id IS NULL OR EXISTS (SELECT
  FROM project p
  WHERE p.id = v.project_id AND (p.state <> 'ERASING' AND ($2::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($3::uuid[]))))));

SELECT v.id, v.list, v.project_id AS "projectId", v.name, v.query, v.shared, v.owner_id AS "ownerId", v.version
  FROM saved_view v
  WHERE v.id = $4 AND (v.shared OR v.owner_id = $1) AND (v.project_id IS NULL OR EXISTS (SELECT
  FROM project p
  WHERE p.id = v.project_id AND (p.state <> 'ERASING' AND ($2::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($3::uuid[])))))) FOR UPDATE OF v;

SELECT v.id, v.list, v.project_id AS "projectId", v.name, v.query, v.shared, v.owner_id AS "ownerId", v.version
  FROM saved_view v
  WHERE v.list = $4 AND v.project_id IS NOT DISTINCT
  FROM $5 AND (v.shared OR v.owner_id = $1) AND (v.project_id IS NULL OR EXISTS (SELECT
  FROM project p
  WHERE p.id = v.project_id AND (p.state <> 'ERASING' AND ($2::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($3::uuid[]))))))
  ORDER BY v.name_key, v.id;

UPDATE saved_view
  SET name = $2, name_key = $3, query = $4, shared = $5, version = version + 1
  WHERE id = $1;
