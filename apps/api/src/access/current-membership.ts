import { HOLDS_ON, TODAY } from '../platform/sql/effective-rows.ts';

/** Whether a row of `membership m` holds today. */
export const HOLDS_TODAY = HOLDS_ON('m', TODAY);

/** Teams a user is in today, as JSON: team id -> role. Of several roles in one team the strongest counts (the names happen to sort by strength). */
export const TEAMS_OF = (user: string): string => /* sql */ `
  COALESCE((SELECT jsonb_object_agg(team_id, team_role) FROM (
    SELECT m.team_id, min(m.team_role) AS team_role FROM membership m WHERE m.user_id = ${user} AND ${HOLDS_TODAY} GROUP BY m.team_id) today), '{}')`;

/** A user's memberships of a team that hold today, as a subquery for EXISTS. */
export const CURRENT_MEMBER = (team: string, user: string): string =>
  /* sql */ `SELECT FROM membership m WHERE m.team_id = ${team} AND m.user_id = ${user} AND ${HOLDS_TODAY}`;
