import { row, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import type { OrganisationType } from './access.types.ts';

/** The one organisation; its id is the scope of everything that belongs to no project. */
export async function organisation(tx: Tx): Promise<OrganisationType> {
  const found = await row<OrganisationType>(tx, 'SELECT id, name FROM organisation');
  if (!found) throw new DomainError('NOT_FOUND', {}, 'This Trainyard has not been set up yet.');
  return found;
}
