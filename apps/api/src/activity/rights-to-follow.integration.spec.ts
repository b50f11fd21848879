import { CATCH_UP, FOLLOW, reached, TestFollowers } from '../../test/followers.ts';
import type { Actor } from '@trainyard/domain';
import { buildProject, memberOf, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import type { RequestContext } from '../platform/actor.ts';
import { ProjectEventsService } from './project-events.service.ts';

describe('the rights to follow a project', () => {
  const on = TestFollowers.ofFile();

  /** What a subscription of this person begins with; `ended` when nobody listens. */
  const stranger = (userId: string, ended?: AbortSignal): RequestContext =>
    ({
      req: { sessionId: null },
      actor: { userId, orgRole: 'MEMBER', teams: {}, scopes: null } satisfies Actor,
      loaders: new Map(),
      ended,
    }) as unknown as RequestContext;

  it('are not for outsiders of a private project', async () => {
    const hidden = await buildProject(on.trainyard, { visibility: 'PRIVATE' });
    const { client: outsider } = await someone(on.trainyard);
    const subscriber = on.follow(outsider, 0, hidden.id);
    await subscriber.until(({ ended }) => ended !== null);
    expect([subscriber.ended, subscriber.events]).toEqual([['NOT_FOUND'], []]);
    expect((await outsider.send(CATCH_UP, { projectId: hidden.id, since: 0 })).codes).toEqual(['NOT_FOUND']);
    // Refused as what is not there is: at once, and not when the first event or the next look at rights comes.
    const head = await seqOf(on.trainyard, hidden.id);
    await expect(
      on.trainyard.app
        .get(ProjectEventsService)
        .follow(stranger((await someone(on.trainyard)).user.id, AbortSignal.abort()), hidden.id, head)
        .next(),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = on.follow(on.trainyard.client(), 0, hidden.id);
    await nobody.until(({ ended }) => ended !== null);
    expect(nobody.events).toEqual([]);
  });

  it('are refused on a socket that was opened while they were allowed', async () => {
    const hidden = await buildProject(on.trainyard, { visibility: 'PRIVATE' });
    const member = await memberOf(on.trainyard, hidden);
    const socket = on.follow(member.client, (await seqOf(on.trainyard, hidden.id)) - 1, hidden.id);
    await socket.until(({ events }) => events.length > 0);
    await on.trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [member.user.id]);
    const again = socket.also(FOLLOW, { projectId: hidden.id, since: 0 });
    await again.until(({ ended }) => ended !== null);
    expect([again.ended, again.events]).toEqual([['NOT_FOUND'], []]);
  });

  it('begin for nobody on the socket of an account that was disabled since, whatever the subscription itself asks', async () => {
    on.neverByTheClock();
    const { user, client: member } = await memberOf(on.trainyard, on.project);
    const socket = on.follow(member, (await seqOf(on.trainyard, on.project.id)) - 1);
    await socket.until(({ events }) => events.length > 0);
    const service = on.trainyard.app.get(ProjectEventsService);
    service.follow = async function* () {
      yield { seq: 1, reset: true, activities: [], things: {} };
    };
    try {
      await on.trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [user.id]);
      const late = socket.also(FOLLOW, { projectId: on.project.id, since: 0 });
      await late.until(({ ended }) => ended !== null);
      expect([late.ended, late.events, socket.ended]).toEqual([['UNAUTHENTICATED'], [], null]);
    } finally {
      Reflect.deleteProperty(service, 'follow');
    }
  });

  it('end at once for outsiders when the project is made private, and for members go on', async () => {
    const since = await seqOf(on.trainyard, on.project.id);
    const outsider = on.follow((await someone(on.trainyard)).client, since);
    const member = on.follow((await memberOf(on.trainyard, on.project)).client, since);
    await on.client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "seen", color: RED) { id } }', { p: on.project.id });
    await Promise.all([outsider.until(reached(since + 1)), member.until(reached(since + 1))]);
    await on.client.ask('mutation($id: ID!) { updateProject(id: $id, version: 1, input: { visibility: PRIVATE, name: "Secret plan" }) { id } }', {
      id: on.project.id,
    });
    await outsider.until(({ ended }) => ended !== null);
    expect(outsider.ended).toEqual(['NOT_FOUND']);
    expect(JSON.stringify(outsider.events)).not.toContain('Secret plan');
    await member.until(reached(since + 2));
    expect(member.ended).toBeNull();
  });

  it('end at once for an account that is disabled and for a session that was ended', async () => {
    on.neverByTheClock();
    const since = await seqOf(on.trainyard, on.project.id);
    const admin = await someone(on.trainyard, 'ADMIN');
    const fired = await memberOf(on.trainyard, on.project);
    const left = await memberOf(on.trainyard, on.project);
    const [first, second] = [on.follow(fired.client, since), on.follow(left.client, since)];
    await on.client.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "seen", color: RED) { id } }', { p: on.project.id });
    await Promise.all([first.until(reached(since + 1)), second.until(reached(since + 1))]);
    await admin.client.ask('mutation($id: ID!) { updateUser(id: $id, version: 1, input: { disabled: true }) { id } }', { id: fired.user.id });
    await first.until(({ ended }) => ended !== null);
    expect(first.ended).toEqual(['UNAUTHENTICATED']);
    await left.client.ask('mutation { signOutEverywhere }');
    await second.until(({ ended }) => ended !== null);
    expect(second.ended).toEqual(['UNAUTHENTICATED']);
  });
});
