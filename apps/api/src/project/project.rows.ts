import { PROJECT_WAITING_DAYS } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';

/** The columns of each thing as its GraphQL type names them, over the alias its table usually has. */
export const PROJECT_COLUMNS = /* sql */ `p.id, p.key, p.name, p.description, ${PROJECT_SCOPE}, p.state, p.version,
  p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => ${PROJECT_WAITING_DAYS}) AS "erasedAt"`;
export const LABEL_COLUMNS = /* sql */ `l.id, l.name, l.color, l.version`;
