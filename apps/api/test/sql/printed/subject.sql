DELETE
  FROM attachment
  WHERE id IN ( SELECT id
  FROM attachment
  WHERE subject_id = $1 AND author_id IS NOT DISTINCT
  FROM $2 AND deleted_at IS NOT NULL
  ORDER BY deleted_at DESC, id OFFSET 50);

SELECT a.id, a.subject_id AS "subjectId", a.author_id AS "authorId", author.name AS "authorName", a.name, a.media_type AS "mediaType", a.size::float8 AS size, a.created_at AS "createdAt"
  FROM attachment a
  LEFT JOIN app_user author ON author.id = a.author_id
  WHERE a.subject_id = $1 AND a.deleted_at IS NULL
  ORDER BY a.created_at, a.id;

SELECT a.id, a.subject_id AS "subjectId", a.author_id AS "authorId", author.name AS "authorName", a.name, a.media_type AS "mediaType", a.size::float8 AS size, a.created_at AS "createdAt", a.deleted_at IS NOT NULL AS deleted
  FROM attachment a
  LEFT JOIN app_user author ON author.id = a.author_id
  WHERE a.id = $1 FOR NO KEY UPDATE OF a;

SELECT c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.version
  FROM comment c
  LEFT JOIN app_user author ON author.id = c.author_id
  WHERE c.id = $1;

SELECT c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.version
  FROM comment c
  LEFT JOIN app_user author ON author.id = c.author_id
  WHERE c.id = $1 AND c.deleted_at IS NULL FOR NO KEY UPDATE OF c;

SELECT c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.version, c.created_at::text AS key
  FROM comment c
  LEFT JOIN app_user author ON author.id = c.author_id
  WHERE c.subject_id = $1 AND c.deleted_at IS NULL AND ($2::timestamptz IS NULL OR (c.created_at, c.id) > ($2, $3::uuid))
  ORDER BY c.created_at, c.id LIMIT $4;

SELECT count(*)::int AS count
  FROM attachment
  WHERE subject_id = $1 AND deleted_at IS NULL AND id IS DISTINCT
  FROM $2;

SELECT s.id, s.kind
  FROM attachment c
  JOIN subject s ON s.id = c.subject_id
  WHERE c.id = $1;

SELECT s.id, s.kind
  FROM comment c
  JOIN subject s ON s.id = c.subject_id
  WHERE c.id = $1;

UPDATE attachment
  SET deleted_at = NULL
  WHERE id = $1;

UPDATE attachment
  SET deleted_at = now()
  WHERE id = $1;

UPDATE comment
  SET body = $2, edited_at = now(), version = version + 1
  WHERE id = $1;

UPDATE comment
  SET deleted_at = now(), version = version + 1
  WHERE id = $1;
