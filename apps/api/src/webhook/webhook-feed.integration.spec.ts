import { buildProject } from '../../test/factories/board.ts';
import { buildTeam, buildUser, someone } from '../../test/factories/people.ts';
import { isSigned, type Received } from '../../test/receiver.ts';
import { until } from '../../test/runs.ts';
import { TestWebhooks } from '../../test/webhooks.ts';
import { row, rows } from '../platform/sql/database.ts';

const hooks = TestWebhooks.ofFile();

it('tells a server elsewhere what happened, signed, once, and nothing it was not to be told of', async () => {
  await hooks.ticket('Before');
  const { id, secret } = await hooks.create(['TICKET_CREATED', 'COMMENT_CREATED']);
  hooks.worker();
  const ticketId = await hooks.ticket('A title');
  await hooks.lead.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', { id: ticketId });
  await hooks.lead.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ticketId });
  await hooks.server.until(2);
  const events = hooks.server.received.map(({ body }) => body.event).toSorted();
  expect(events).toEqual(['COMMENT_CREATED', 'TICKET_CREATED']);
  for (const one of hooks.server.received) {
    expect(await isSigned(one, secret)).toBe(true);
    expect(await isSigned(one, `${secret}x`)).toBe(false);
    expect(await isSigned({ ...one, raw: Buffer.concat([one.raw, Buffer.from(' ')]) }, secret)).toBe(false);
    expect(await isSigned({ ...one, headers: { ...one.headers, 'x-trainyard-timestamp': '1' } }, secret)).toBe(false);
    expect(one.headers).toMatchObject({ 'content-type': 'application/json', 'x-trainyard-event': one.body.event, 'x-trainyard-delivery': one.body.id });
    expect(Math.abs(Number(one.headers['x-trainyard-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  }
  const { body } = hooks.server.received.find((one) => one.body.event === 'TICKET_CREATED') as Received;
  const logged = await row<object>(
    hooks.trainyard.database.direct,
    `SELECT seq::int AS seq, entity, entity_id AS "entityId", ticket_id AS "ticketId", changes, actor_id AS "actorId" FROM activity WHERE scope = $1 AND entity_id = $2 AND action = 'CREATED'`,
    [hooks.project.id, ticketId],
  );
  expect(body).toEqual({ ...logged, id: body.id, event: 'TICKET_CREATED', at: expect.any(String), projectId: hooks.project.id, scope: hooks.project.id });
  expect(
    (
      await until(
        () => hooks.deliveries(id),
        (all) => all.every(({ state }) => state === 'DELIVERED'),
      )
    ).map(({ tries, answerStatus }) => [tries, answerStatus]),
  ).toEqual([
    [1, 204],
    [1, 204],
  ]);
});

it('tells of members of the team, also where the entry does not name it, and not of those of other teams', async () => {
  const { client: admin } = await someone(hooks.trainyard, 'ADMIN');
  const { id } = await hooks.create(['MEMBERSHIP_CREATED', 'MEMBERSHIP_UPDATED', 'MEMBERSHIP_DELETED']);
  hooks.worker(false);
  const role = await row<{ id: string }>(hooks.trainyard.database.direct, 'SELECT id FROM role ORDER BY key LIMIT 1');
  for (const teamId of [(await buildTeam(hooks.trainyard)).id, hooks.project.teamId]) {
    const { addMembership } = await admin.ask<{ addMembership: { id: string } }>(
      'mutation ($input: AddMembershipInput!) { addMembership(input: $input) { id } }',
      { input: { teamId, userId: (await buildUser(hooks.trainyard)).id, roleId: role?.id, teamRole: 'MEMBER', allocation: 10 } },
    );
    await admin.ask('mutation ($id: ID!) { updateMembership(id: $id, version: 1, allocation: 20) { id } }', { id: addMembership.id });
    await admin.ask('mutation ($id: ID!) { removeMembership(id: $id, version: 2) }', { id: addMembership.id });
  }
  expect((await hooks.made(3, id)).map(({ event }) => event).toReversed()).toEqual(['MEMBERSHIP_CREATED', 'MEMBERSHIP_UPDATED', 'MEMBERSHIP_DELETED']);
});

it('tells no webhook of another project, and none of what happened while it was off', async () => {
  const { id, version } = await hooks.create(['TICKET_CREATED']);
  const other = await buildProject(hooks.trainyard, { visibility: 'PRIVATE', teamId: hooks.project.teamId });
  const { id: theirs } = await hooks.create(['TICKET_CREATED'], { projectId: other.id });
  await hooks.ticket('Elsewhere', other.columns[0]);
  await hooks.update(id, version, { active: false });
  await hooks.ticket('While it was off');
  await hooks.update(id, version + 1, { active: true });
  hooks.worker(false);
  await hooks.made(1, theirs);
  await hooks.ticket('On');
  await hooks.made(1, id);
  expect(
    await rows(hooks.trainyard.database.direct, 'SELECT d.seq FROM webhook_delivery d JOIN activity_scope s ON s.id = d.scope AND s.seq = d.seq'),
  ).toHaveLength(2);
});
