/** The columns of each thing as its GraphQL type names them, over the alias its table usually has. */
export const PROJECT_COLUMNS = /* sql */ `p.id, p.key, p.name, p.description, p.visibility, p.team_id AS "teamId", p.version`;
export const LABEL_COLUMNS = /* sql */ `l.id, l.name, l.color, l.version`;
