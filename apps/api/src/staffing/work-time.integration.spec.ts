import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../test/client.ts';
import { buildMembership, buildTeam, signedInAs, someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { CapacityReader } from './capacity.reader.ts';

const WEEKDAYS = '00000000-0000-4000-8000-000000000381';
const CHINA = '00000000-0000-4000-8000-000000000382';
const EIGHT = [480, 480, 480, 480, 480, 0, 0];
const HALF = [240, 240, 240, 240, 240, 0, 0];
const SET = 'mutation($input: SetWorkingPatternInput!) { made: setWorkingPattern(input: $input) { id fromDate toDate version } }';
const OFF = 'mutation($input: AddTimeOffInput!) { made: addTimeOff(input: $input) { id version } }';
const TIME = `query($id: ID!, $teamId: ID) { user(id: $id) {
  workingPatterns { id minutes fromDate toDate version calendar { key } }
  timeOff(from: "2026-09-01", to: "2026-12-31") { fromDate toDate fromNoon untilNoon }
  capacityMinutes(from: "2026-09-28", to: "2026-10-11", teamId: $teamId) } }`;

interface PersonTime {
  workingPatterns: { id: string; minutes: number[]; fromDate: string | null; toDate: string | null; version: number; calendar: { key: string } }[];
  timeOff: object[];
  capacityMinutes: number;
}

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const build = async (allocation = 100) => {
  const { user, client } = await someone(trainyard);
  const team = await buildTeam(trainyard);
  await buildMembership(trainyard, team.id, user.id, 'MEMBER', allocation);
  const time = async (teamId: string | null = null, by: GraphqlClient = client): Promise<PersonTime> =>
    (await by.ask<{ user: PersonTime }>(TIME, { id: user.id, teamId })).user;
  const set = async (since: string, minutes: number[], calendarId = WEEKDAYS, by: GraphqlClient = client) =>
    (
      await by.ask<{ made: { id: string; fromDate: string; toDate: string | null; version: number } }>(SET, {
        input: { userId: user.id, since, minutes, calendarId },
      })
    ).made;
  return { user, client, team, time, set };
};

describe('when a person works', () => {
  it('is the usual week of the first calendar, by their share of time, in one team and in all', async () => {
    const { user, team, time } = await build(50);
    const other = await buildTeam(trainyard);
    await buildMembership(trainyard, other.id, user.id, 'MEMBER', 30);
    expect(await time()).toEqual({ workingPatterns: [], timeOff: [], capacityMinutes: 10 * 480 * 0.8 });
    expect([(await time(team.id)).capacityMinutes, (await time(other.id)).capacityMinutes, (await time(randomUUID())).capacityMinutes]).toEqual([
      2_400, 1_440, 0,
    ]);
  });

  it('changes from a day on; the holidays are those of their calendar', async () => {
    const { time, set } = await build();
    expect(await set('2026-01-01', EIGHT, CHINA)).toMatchObject({ fromDate: '2026-01-01', toDate: null });
    // Seven days off, one made up for.
    expect((await time()).capacityMinutes).toBe(6 * 480);
    expect(await set('2026-10-08', HALF, CHINA)).toMatchObject({ fromDate: '2026-10-08', toDate: null });
    const { workingPatterns, capacityMinutes } = await time();
    expect(workingPatterns).toMatchObject([
      { minutes: EIGHT, fromDate: '2026-01-01', toDate: '2026-10-07', calendar: { key: 'CHINA' } },
      { minutes: HALF, fromDate: '2026-10-08', toDate: null },
    ]);
    expect(capacityMinutes).toBe(3 * 480 + 3 * 240);
    // One that begins before all others ends where the first of them begins.
    expect(await set('2025-06-01', HALF)).toMatchObject({ fromDate: '2025-06-01', toDate: '2025-12-31' });
  });

  it('is taken back: what held before goes on', async () => {
    const { client, time, set } = await build();
    await set('2026-01-01', EIGHT);
    const second = await set('2026-10-08', HALF);
    await client.ask('mutation($id: ID!, $v: Int!) { removeWorkingPattern(id: $id, version: $v) }', { id: second.id, v: second.version });
    expect((await time()).workingPatterns).toMatchObject([{ minutes: EIGHT, fromDate: '2026-01-01', toDate: null }]);
  });

  it('leaves out days off, and halves of them; two never share a day', async () => {
    const { user, client, time } = await build();
    const off = (fromDate: string, toDate: string, halves: object = {}) => client.send(OFF, { input: { userId: user.id, fromDate, toDate, ...halves } });
    expect((await off('2026-09-30', '2026-10-02', { fromNoon: true })).codes).toEqual([]);
    expect(await time()).toMatchObject({
      timeOff: [{ fromDate: '2026-09-30', toDate: '2026-10-02', fromNoon: true, untilNoon: false }],
      capacityMinutes: (10 - 2.5) * 480,
    });
    const refusal = async (...asked: Parameters<typeof off>): Promise<unknown> => (await off(...asked)).errors[0]?.extensions;
    expect(await refusal('2026-10-02', '2026-10-03')).toEqual({ code: 'CONFLICT', params: { field: 'fromDate', reason: 'OVERLAPS' } });
    expect(await refusal('2026-10-06', '2026-10-05')).toMatchObject({ params: { field: 'toDate', reason: 'BEFORE_START' } });
    expect(await refusal('2026-10-06', '2027-10-07')).toMatchObject({ params: { field: 'toDate', reason: 'TOO_FAR' } });
    expect(await refusal('2026-10-06', '2026-10-06', { fromNoon: true, untilNoon: true })).toMatchObject({ params: { reason: 'NO_TIME' } });
    expect(await refusal('2026-02-30', '2026-03-01')).toMatchObject({ params: { field: 'fromDate', reason: 'NOT_A_DAY' } });
  });

  it('is said by the person, whoever leads a team they are in, and administrators; everybody sees it', async () => {
    const { user, team, set, time } = await build();
    const [lead, otherLead, admin, viewer] = [
      await someone(trainyard),
      await someone(trainyard),
      await someone(trainyard, 'ADMIN'),
      await someone(trainyard, 'VIEWER'),
    ];
    await buildMembership(trainyard, team.id, lead.user.id, 'LEAD');
    await buildMembership(trainyard, (await buildTeam(trainyard)).id, otherLead.user.id, 'LEAD');
    await set('2026-01-01', HALF, WEEKDAYS, await signedInAs(trainyard, lead.user.id));
    await set('2026-02-01', EIGHT, WEEKDAYS, admin.client);
    const input = { userId: user.id, since: '2026-03-01', minutes: HALF, calendarId: WEEKDAYS };
    const other = await signedInAs(trainyard, otherLead.user.id);
    expect((await other.send(SET, { input })).errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', params: { permission: 'workTime.manage' } });
    const { workingPatterns } = await time(null, viewer.client);
    expect(workingPatterns).toHaveLength(2);
    const { id, version } = workingPatterns[0]!;
    expect((await other.send('mutation($id: ID!, $v: Int!) { removeWorkingPattern(id: $id, version: $v) }', { id, v: version })).codes).toEqual(['FORBIDDEN']);
  });

  it('keeps a calendar that somebody goes by', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const { made } = await client.ask<{ made: { id: string } }>('mutation($input: CreateCalendarInput!) { made: createCalendar(input: $input) { id } }', {
      input: { name: randomUUID(), weekdays: [1] },
    });
    const { set } = await build();
    await set('2026-01-01', EIGHT, made.id);
    const { errors } = await client.send('mutation($id: ID!) { deleteCalendar(id: $id, version: 1) }', { id: made.id });
    expect(errors[0]?.extensions).toEqual({ code: 'CALENDAR_IN_USE', params: { projects: 0, people: 1 } });
  });

  it.each([[[480]], [[480, 480, 480, 480, 480, 0, 1_441]], [[-1, 0, 0, 0, 0, 0, 0]]])('is no week: %j', async (minutes) => {
    const { user, client } = await build();
    const { errors } = await client.send(SET, { input: { userId: user.id, since: '2026-01-01', minutes, calendarId: WEEKDAYS } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { field: 'minutes', reason: 'NOT_A_WEEK' } });
  });
});

it('capacity is read for many at once', async () => {
  const people = await Promise.all([build(), build(25)]);
  const reader = trainyard.app.get(CapacityReader);
  const minutes = await reader.minutesOf(
    people.map(({ user }) => user.id),
    null,
    '2026-11-02',
    '2026-11-06',
  );
  expect(people.map(({ user }) => minutes.get(user.id))).toEqual([2_400, 600]);
});
