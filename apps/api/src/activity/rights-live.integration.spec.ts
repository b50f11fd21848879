import { buildProject, buildTicket, memberOf, seqOf, type BuiltProject, type BuiltTicket } from '../../test/factories/board.ts';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

/** From an open project through a run's dataset to whatever else was trained on it. */
const NESTED = /* GraphQL */ `subscription ($projectId: ID!, $since: Int!) {
  projectEvents(projectId: $projectId, since: $since) { seq tickets { runs { dataset { name runs(first: 3) { nodes { ticket { title } } } } } } }
}`;
const RENAME = 'mutation ($id: ID!, $version: Int!, $title: String!) { updateTicket(id: $id, version: $version, input: { title: $title }) { version } }';

describe('rights within an open subscription', () => {
  let trainyard: TestTrainyard;
  let open: BuiltProject;
  let hidden: BuiltProject;
  let known: BuiltTicket;
  const subscribers: Subscriber<{ seq: number }>[] = [];
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    [hidden, open] = [await buildProject(trainyard, { visibility: 'PRIVATE' }), await buildProject(trainyard)];
    known = await buildTicket(trainyard, { project: open });
    const secret = await buildTicket(trainyard, { project: hidden, title: 'Secret plan' });
    const datasetId = await buildDataset(trainyard);
    for (const ticket of [known, secret]) await buildRun(trainyard, { ticket, datasetId });
  });
  afterEach(async () => {
    for (const subscriber of subscribers.splice(0)) await subscriber.stop();
  });

  const follow = async (by: GraphqlClient): Promise<Subscriber<{ seq: number }>> => {
    const subscriber = new Subscriber<{ seq: number }>(by, NESTED, { projectId: open.id, since: await seqOf(trainyard, open.id) });
    subscribers.push(subscriber);
    return subscriber;
  };
  /** Something happens in the open project; answers what the subscriber is told of it. */
  const told = async (subscriber: Subscriber<{ seq: number }>, version: number): Promise<string> => {
    const editor = (await memberOf(trainyard, open)).client;
    const since = subscriber.events.length;
    await editor.ask(RENAME, { id: known.id, version, title: `Known ${version}` });
    await subscriber.until(({ events, ended }) => events.length > since || ended !== null);
    return JSON.stringify(subscriber.events.slice(since));
  };

  it('are those of now for what is nested in an event, and not of when the socket was opened', async () => {
    const member = await memberOf(trainyard, hidden);
    const subscriber = await follow(member.client);
    await subscriber.connected;
    expect(await told(subscriber, 1)).toContain('Secret plan');
    // Nothing wakes the subscription for it: the next event itself looks who asks.
    await trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [member.user.id]);
    await trainyard.database.direct.query(`UPDATE dataset SET name = 'Renamed meanwhile' WHERE id = (SELECT dataset_id FROM run WHERE ticket_id = $1)`, [
      known.id,
    ]);
    const second = await told(subscriber, 2);
    expect(second).not.toContain('Secret plan');
    expect(second).toContain('Renamed meanwhile');
    expect(subscriber.ended).toBeNull();
    await trainyard.database.direct.query(
      `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation) SELECT gen_random_uuid(), $1, $2, id, 'VIEWER', 50 FROM role ORDER BY key LIMIT 1`,
      [hidden.teamId, member.user.id],
    );
    expect(await told(subscriber, 3)).toContain('Secret plan');
  });

  it('end with the day a membership ends on, without an event and without being woken', async () => {
    const member = await memberOf(trainyard, hidden);
    const since = await seqOf(trainyard, hidden.id);
    const subscriber = new Subscriber<{ seq: number }>(member.client, NESTED, { projectId: hidden.id, since });
    subscribers.push(subscriber);
    await subscriber.connected;
    const ends = (day: string): Promise<unknown> =>
      trainyard.database.direct.query(`UPDATE membership SET to_date = (now() AT TIME ZONE 'UTC')::date + $2::int WHERE user_id = $1`, [member.user.id, day]);
    // its last day is today: it holds until the day is over
    await ends('0');
    expect((await member.client.send('query($id: ID!) { project(id: $id) { id } }', { id: hidden.id })).data).toEqual({ project: { id: hidden.id } });
    expect(subscriber.ended).toBeNull();
    await ends('-1');
    await subscriber.until(({ ended }) => ended !== null);
    expect([subscriber.ended, subscriber.events.length]).toEqual([['NOT_FOUND'], 0]);
  });

  it('end the subscription at the next event of somebody who is disabled, without being woken', async () => {
    const member = await memberOf(trainyard, hidden);
    const subscriber = await follow(member.client);
    await subscriber.connected;
    expect(await told(subscriber, 1)).toContain('Secret plan');
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [member.user.id]);
    expect([await told(subscriber, 2), subscriber.ended]).toEqual(['[]', ['UNAUTHENTICATED']]);
  });

  it.each([
    ['revoked', 'revoked_at = now()'],
    ['expired', `expires_at = now() - interval '1 second'`],
  ])('end the subscription at the next event of a token that is %s, without being woken', async (_, becomes) => {
    const member = await memberOf(trainyard, hidden);
    const { createAccessToken } = await member.client.ask<{ createAccessToken: { secret: string } }>(
      'mutation { createAccessToken(name: "watch", scopes: [READ]) { secret } }',
    );
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    const subscriber = await follow(script);
    await subscriber.connected;
    expect(await told(subscriber, 1)).toContain('Secret plan');
    await trainyard.database.direct.query(`UPDATE access_token SET ${becomes} WHERE user_id = $1`, [member.user.id]);
    expect([await told(subscriber, 2), subscriber.ended]).toEqual(['[]', ['UNAUTHENTICATED']]);
  });

  it('are looked up for everybody who follows at one moment together, and one is not given those of another', async () => {
    const [member, outsider] = [await memberOf(trainyard, hidden), await memberOf(trainyard, open)];
    const both = [await follow(member.client), await follow(outsider.client)];
    await Promise.all(both.map(({ connected }) => connected));
    const [mine, theirs] = both as [Subscriber<{ seq: number }>, Subscriber<{ seq: number }>];
    expect(await told(mine, 1)).toContain('Secret plan');
    await theirs.until(({ events }) => events.length === 1);
    expect(JSON.stringify(theirs.events)).not.toContain('Secret plan');
  });
});
