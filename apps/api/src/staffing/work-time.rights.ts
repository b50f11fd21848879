import type { Actor } from '@trainyard/domain';
import { HOLDS_TODAY } from '../access/current-membership.ts';
import { demandTeam } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { row, type Tx } from '../platform/sql/database.ts';

/** Refused unless it is the actor's own time, or that of somebody in a team they lead. Answers the person's id as it is written. */
export async function demandWorkTime(tx: Tx, actor: Actor, userId: string): Promise<string> {
  const found = await row<{ id: string; teams: string[] }>(
    tx,
    `SELECT u.id, ARRAY(SELECT m.team_id::text FROM membership m WHERE m.user_id = u.id AND ${HOLDS_TODAY}) AS teams FROM app_user u WHERE u.id = $1`,
    [userId],
  );
  if (!found) throw new DomainError('BAD_INPUT', { field: 'userId', reason: 'UNKNOWN' });
  const led = found.teams.find((team) => Object.hasOwn(actor.teams, team) && actor.teams[team] === 'LEAD');
  demandTeam(actor, 'workTime.manage', { teamId: led ?? found.teams[0] ?? '', ownerId: found.id });
  return found.id;
}
