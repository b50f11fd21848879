import { normalForm, type OrgRole, type TeamRole } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { AccountService } from '../../src/access/account.service.ts';
import { hashPassword } from '../../src/access/password.ts';
import { hashSecret, newSecret } from '../../src/platform/secret.ts';
import { row } from '../../src/platform/sql/database.ts';
import type { GraphqlClient } from '../client.ts';
import type { TestTrainyard } from '../trainyard.ts';

export const PASSWORD = 'a password for tests';
let passwordHash: Promise<string> | null = null;
let serial = 0;

/** Makes the organisation when there is none; returns its id. */
export async function buildOrganisation(trainyard: TestTrainyard): Promise<string> {
  const { database, app } = trainyard;
  const found = await row<{ id: string }>(database.direct, 'SELECT id FROM organisation');
  return found?.id ?? database.transaction((tx) => app.get(AccountService).makeOrganisation(tx, 'Test yard'));
}

export interface BuiltUser {
  id: string;
  email: string;
  name: string;
}

export async function buildUser(trainyard: TestTrainyard, overrides: { name?: string; email?: string; orgRole?: OrgRole } = {}): Promise<BuiltUser> {
  await buildOrganisation(trainyard);
  passwordHash ??= hashPassword(PASSWORD);
  serial += 1;
  const user = { id: randomUUID(), name: overrides.name ?? `Person ${serial}`, email: overrides.email ?? `person${serial}@example.org` };
  await trainyard.database.direct.query(
    'INSERT INTO app_user (id, name, name_key, email, email_key, org_role, password_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [user.id, user.name, normalForm(user.name), user.email, normalForm(user.email), overrides.orgRole ?? 'MEMBER', await passwordHash],
  );
  return user;
}

export async function buildTeam(trainyard: TestTrainyard, overrides: { name?: string } = {}): Promise<{ id: string; name: string }> {
  await buildOrganisation(trainyard);
  serial += 1;
  const team = { id: randomUUID(), name: overrides.name ?? `Team ${serial}` };
  await trainyard.database.direct.query('INSERT INTO team (id, name, name_key) VALUES ($1, $2, $3)', [team.id, team.name, normalForm(team.name)]);
  return team;
}

export async function buildMembership(
  trainyard: TestTrainyard,
  teamId: string,
  userId: string,
  teamRole: TeamRole = 'MEMBER',
  allocation = 50,
): Promise<string> {
  const id = randomUUID();
  await trainyard.database.direct.query(
    `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation) SELECT $1, $2, $3, id, $4, $5 FROM role ORDER BY key LIMIT 1`,
    [id, teamId, userId, teamRole, allocation],
  );
  return id;
}

/** A client with a browser session of this user, made without the cost of a password. */
export async function signedInAs(trainyard: TestTrainyard, userId: string): Promise<GraphqlClient> {
  const secret = newSecret();
  await trainyard.database.direct.query(
    `INSERT INTO session (id, user_id, token_hash, address, expires_at) VALUES ($1, $2, $3, '127.0.0.1', now() + interval '1 day')`,
    [randomUUID(), userId, hashSecret(secret)],
  );
  const client = trainyard.client();
  client.cookie = await trainyard.cookie('session', secret);
  return client;
}

/** A new user of this role, signed in. */
export async function someone(trainyard: TestTrainyard, orgRole: OrgRole = 'MEMBER'): Promise<{ user: BuiltUser; client: GraphqlClient }> {
  const user = await buildUser(trainyard, { orgRole });
  return { user, client: await signedInAs(trainyard, user.id) };
}
