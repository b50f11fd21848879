import type { Actor, OrgRole, TeamRole, TokenScope } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { hashSecret, newSecret } from '../../src/platform/secret.ts';
import { buildUser, signedInAs } from '../factories/people.ts';
import type { TestTrainyard } from '../trainyard.ts';

/** Somebody who asks: how, and what can() is to be asked about them. */
export interface Asker {
  name: string;
  headers: Record<string, string>;
  /** Null: nobody, or somebody whose account, session or token has ended. */
  actor: Actor | null;
}

export interface Person extends Asker {
  actor: Actor;
  userId: string;
  email: string;
}

type Place = { teamId: string; role: TeamRole; days?: 'PAST' | 'FUTURE' };

/** A new person with a browser session, and these places in teams. */
export async function person(trainyard: TestTrainyard, name: string, orgRole: OrgRole, ...places: Place[]): Promise<Person> {
  const user = await buildUser(trainyard, { name, orgRole });
  for (const { teamId, role, days } of places) {
    await trainyard.database.direct.query(
      /* sql */ `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date)
        SELECT $1, $2, $3, id, $4, 50, CASE WHEN $5 = 'FUTURE' THEN CURRENT_DATE + 1 END, CASE WHEN $5 = 'PAST' THEN CURRENT_DATE - 1 END FROM role ORDER BY key LIMIT 1`,
      [randomUUID(), teamId, user.id, role, days ?? null],
    );
  }
  const client = await signedInAs(trainyard, user.id);
  const teams = Object.fromEntries(places.filter((place) => place.days === undefined).map(({ teamId, role }) => [teamId, role]));
  return { name, userId: user.id, email: user.email, headers: client.headers, actor: { userId: user.id, orgRole, teams, scopes: null, proved: true } };
}

/** A token of this person, made without a browser; `ended` ones are valid no more. */
export async function tokenOf(trainyard: TestTrainyard, owner: Person, scopes: TokenScope[], ended?: 'REVOKED' | 'EXPIRED'): Promise<Asker> {
  const secret = `trainyard_${newSecret()}`;
  const id = randomUUID();
  await trainyard.database.direct.query(
    /* sql */ `INSERT INTO access_token (id, user_id, name, token_hash, scopes, expires_at, revoked_at)
      VALUES ($1, $2, 'script', $3, $4, CASE WHEN $5 = 'EXPIRED' THEN now() - interval '1 second' END, CASE WHEN $5 = 'REVOKED' THEN now() END)`,
    [id, owner.userId, hashSecret(secret), scopes, ended ?? null],
  );
  return {
    name: `${owner.name}'s ${ended?.toLowerCase() ?? ''} token [${scopes.join(' ')}]`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    actor: ended ? null : { ...owner.actor, scopes, proved: false, tokenId: id },
  };
}

/** Their proof, which some mutations renew, is older than any that counts. */
export async function proveLongAgo({ database }: TestTrainyard, askers: readonly Asker[]): Promise<void> {
  const ids = askers.flatMap(({ actor }) => (actor?.scopes === null && actor.proved === false ? [actor.userId] : []));
  await database.direct.query(`UPDATE session SET proved_at = now() - interval '1 hour' WHERE user_id = ANY ($1)`, [ids]);
}

export const nobody = (trainyard: TestTrainyard): Asker => ({ name: 'a stranger', headers: trainyard.client().headers, actor: null });

/** Everybody the matrix is asked by, with respect to one team. */
export async function everybody(
  trainyard: TestTrainyard,
  teamId: string,
  otherTeamId: string,
): Promise<{ askers: Asker[]; maker: Person; demoted: Person; insider: Person; owner: Person }> {
  const here = (role: TeamRole, days?: Place['days']): Place => ({ teamId, role, days });
  const owner = await person(trainyard, 'the owner', 'OWNER');
  const admin = await person(trainyard, 'an administrator', 'ADMIN');
  const lead = await person(trainyard, "the team's lead", 'MEMBER', here('LEAD'));
  const insider = await person(trainyard, 'a member of the team, who made things', 'MEMBER', here('MEMBER'));
  const maker = await person(trainyard, 'somebody outside, who made things', 'MEMBER');
  const demoted = await person(trainyard, 'somebody who made things and may now read', 'VIEWER', here('LEAD'));
  const disabled = await person(trainyard, 'a disabled owner', 'OWNER');
  const disabledToken = await tokenOf(trainyard, disabled, ['ADMIN']);
  await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [disabled.userId]);
  const expired = await person(trainyard, 'an owner whose session has ended', 'OWNER');
  await trainyard.database.direct.query(`UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [expired.userId]);
  const unproved = async (...who: [name: string, orgRole: OrgRole, ...Place[]]): Promise<Person> => {
    const made = await person(trainyard, ...who);
    return { ...made, actor: { ...made.actor, proved: false } };
  };
  return {
    owner,
    maker,
    demoted,
    insider,
    askers: [
      nobody(trainyard),
      { ...disabled, actor: null },
      { ...disabledToken, actor: null },
      { ...expired, actor: null },
      await tokenOf(trainyard, owner, ['ADMIN'], 'REVOKED'),
      await tokenOf(trainyard, owner, ['ADMIN'], 'EXPIRED'),
      owner,
      await unproved('an owner who signed in long ago', 'OWNER'),
      admin,
      lead,
      await unproved("the team's other lead, who signed in long ago", 'MEMBER', here('LEAD')),
      insider,
      maker,
      demoted,
      await person(trainyard, 'another member of the team', 'MEMBER', here('MEMBER')),
      await person(trainyard, 'a viewer of the team', 'MEMBER', here('VIEWER')),
      await person(trainyard, 'a member outside', 'MEMBER'),
      await person(trainyard, 'a viewer outside', 'VIEWER'),
      await person(trainyard, "another team's lead", 'MEMBER', { teamId: otherTeamId, role: 'LEAD' }),
      await person(trainyard, 'a lead until yesterday', 'MEMBER', here('LEAD', 'PAST')),
      await person(trainyard, 'a lead from tomorrow', 'MEMBER', here('LEAD', 'FUTURE')),
      await tokenOf(trainyard, owner, ['READ']),
      await tokenOf(trainyard, owner, ['WRITE']),
      await tokenOf(trainyard, owner, ['ADMIN']),
      await tokenOf(trainyard, lead, ['WRITE']),
      await tokenOf(trainyard, lead, ['READ']),
      await tokenOf(trainyard, maker, ['WRITE']),
    ],
  };
}
