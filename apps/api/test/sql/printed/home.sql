INSERT INTO home (user_id)
  VALUES ($1)
  ON CONFLICT DO NOTHING;

SELECT role, folded, unfolded, block_order AS "order", dismissed
  FROM home
  WHERE user_id = $1;

UPDATE home
  SET role = CASE WHEN $2 THEN $3 ELSE role END, folded = CASE WHEN $4::text IS NOT NULL THEN array_append(array_remove(folded, $4), $4) ELSE array_remove(folded, $5::text) END, unfolded = CASE WHEN $5::text IS NOT NULL THEN array_append(array_remove(unfolded, $5), $5) ELSE array_remove(unfolded, $4::text) END, block_order = CASE WHEN $6 THEN COALESCE($7::text[], '{}') ELSE block_order END, dismissed = COALESCE($8, dismissed)
  WHERE user_id = $1;
