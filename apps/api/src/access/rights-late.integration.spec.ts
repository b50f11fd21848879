import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { inTwo } from '../../test/arriving.ts';
import { attach } from '../../test/attach.ts';
import { buildProject, buildTicket, memberOf, type BuiltProject, type BuiltTicket } from '../../test/factories/board.ts';
import type { BuiltUser } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';

/** Longer than what was looked up of somebody holds. */
const LATER_MS = 1_100;

describe('rights that end while a request is on its way', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let ticket: BuiltTicket;
  let user: BuiltUser;
  let client: GraphqlClient;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    ticket = await buildTicket(trainyard, { project });
    ({ user, client } = await memberOf(trainyard, project));
  });

  const sql = (statement: string): Promise<unknown> => trainyard.database.direct.query(statement, [user.id]);
  const ENDS: [string, () => Promise<unknown>, string][] = [
    ['left the team', () => sql('DELETE FROM membership WHERE user_id = $1'), 'NOT_FOUND'],
    ['may only read now', () => sql(`UPDATE membership SET team_role = 'VIEWER' WHERE user_id = $1`), 'FORBIDDEN'],
    ['was signed out', () => sql('DELETE FROM session WHERE user_id = $1'), 'UNAUTHENTICATED'],
    ['was disabled', () => sql('UPDATE app_user SET disabled = true WHERE id = $1'), 'UNAUTHENTICATED'],
  ];

  it.each(ENDS)('attach no file of who %s before its last byte came', async (_, end, code) => {
    expect(await attach(client, ticket.id, inTwo(trainyard, randomBytes(50_000), end))).toMatchObject({ code });
    expect(await row(trainyard.database.direct, 'SELECT FROM attachment WHERE subject_id = $1', [ticket.id])).toBeNull();
  });

  it('attach none by a token that was revoked meanwhile', async () => {
    const made = 'mutation { createAccessToken(name: "t", scopes: [WRITE]) { secret token { id } } }';
    const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string; token: { id: string } } }>(made);
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    expect(await attach(script, ticket.id, 'before')).toMatchObject({ status: 200 });
    const revoke = () => client.ask('mutation ($id: ID!) { revokeAccessToken(id: $id) }', { id: createAccessToken.token.id });
    expect(await attach(script, ticket.id, inTwo(trainyard, randomBytes(50_000), revoke))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('keep no upload of a dataset', async () => {
    const response = await fetch(`${trainyard.url}/uploads?name=late.csv`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/octet-stream' },
      body: inTwo(trainyard, randomBytes(50_000), () => sql('UPDATE app_user SET disabled = true WHERE id = $1')),
      duplex: 'half',
    } as RequestInit);
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await rows(trainyard.database.direct, 'SELECT FROM upload WHERE user_id = $1', [user.id])).toEqual([]);
  });

  it.each(ENDS)('change nothing by a document of who %s before it came whole', async (_, end, code) => {
    const id = randomUUID();
    const body = JSON.stringify({ query: `mutation { addComment(id: "${id}", ticketId: "${ticket.id}", body: "late words") { id } }` });
    const sending = request(`${trainyard.url}/graphql`, { method: 'POST', headers: { ...client.headers, 'content-length': body.length } });
    const answered = new Promise<string>((done, fail) => sending.once('response', (response) => void text(response).then(done, fail)).once('error', fail));
    sending.write(body.slice(0, 30));
    await after(LATER_MS);
    await end();
    sending.end(body.slice(30));
    expect(await answered).toContain(`"code":"${code}"`);
    expect(await row(trainyard.database.direct, 'SELECT FROM comment WHERE id = $1', [id])).toBeNull();
  });
});
