/** The columns of each thing as its GraphQL type names them, over the alias its table usually has. */
export const BOARD_COLUMNS = /* sql */ `b.id, b.project_id AS "projectId", b.name, b.kind, b.archived_at IS NOT NULL AS archived, b.version`;
export const COLUMN_COLUMNS = /* sql */ `
  c.id, c.board_id AS "boardId", c.name, c.category, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", c.rank, c.version,
  c.ticket_count AS "ticketCount"`;
