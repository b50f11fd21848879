import { workingCalendar, workingDays, type NamedDay } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, memberOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { momentBetween } from '../../test/moment.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row } from '../platform/sql/database.ts';
import { CalendarReader } from './calendar.reader.ts';

const CREATE = 'mutation($input: CreateCalendarInput!) { made: createCalendar(input: $input) { id version } }';
const DAYS =
  'mutation($id: ID!, $version: Int!, $input: CalendarDaysInput!) { made: changeCalendarDays(id: $id, version: $version, input: $input) { version } }';
const READ = `mutation($id: ID!, $version: Int!, $ics: String!, $dryRun: Boolean!) { readCalendarFile(id: $id, version: $version, ics: $ics, dryRun: $dryRun) {
  calendar { version } added { day works name } changed { from { name } to { name } } unchangedCount leftOut { line name reason } leftOutCount } }`;
const CALENDARS = '{ calendars { id key name weekdays knownUntil version days(year: 2026) { day works name } } }';

interface Calendar {
  id: string;
  key: string | null;
  name: string;
  weekdays: number[];
  knownUntil: string | null;
  version: number;
  days: NamedDay[];
}

let trainyard: TestTrainyard;
let admin: GraphqlClient;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  ({ client: admin } = await someone(trainyard, 'ADMIN'));
});
afterAll(() => trainyard.stop());

const calendars = async (client = admin): Promise<Calendar[]> => (await client.ask<{ calendars: Calendar[] }>(CALENDARS)).calendars;
const calendar = async (id: string): Promise<Calendar | undefined> => (await calendars()).find((one) => one.id === id);
const make = async (fields: object = {}): Promise<string> =>
  (await admin.ask<{ made: { id: string } }>(CREATE, { input: { name: randomUUID(), weekdays: [1, 2, 3, 4, 5], ...fields } })).made.id;

describe('calendars', () => {
  it('are two from the start, and everybody sees them: China’s with the days that are worked for others', async () => {
    const [first, second] = await calendars((await someone(trainyard, 'VIEWER')).client);
    expect(first).toMatchObject({ key: 'WEEKDAYS', name: 'Monday to Friday', weekdays: [1, 2, 3, 4, 5], knownUntil: null, days: [] });
    expect(second).toMatchObject({ key: 'CHINA', knownUntil: '2026-12-31' });
    const china = workingCalendar({ ...second!, days: second!.days });
    // Around 1 October: seven days off, the Saturday after them worked.
    expect(workingDays(china, '2026-09-28', '2026-10-11')).toEqual(['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10']);
    expect(second!.days.filter(({ works }) => works)).toHaveLength(6);
    expect(second!.days.filter(({ works }) => !works)).toHaveLength(33);
  });

  it('name days, forget them, and change nothing that is so already', async () => {
    const id = await make();
    const name = [
      { day: '2026-12-25', works: false, name: 'Christmas' },
      { day: '2026-12-19', works: true, name: 'For Christmas Eve' },
    ];
    await admin.ask(DAYS, { id, version: 1, input: { name } });
    expect(await calendar(id)).toMatchObject({ version: 2, days: name.toReversed() });
    expect(await admin.ask(DAYS, { id, version: 2, input: { name, forget: ['2026-01-01'] } })).toEqual({ made: { version: 2 } });
    await admin.ask(DAYS, { id, version: 2, input: { name: [{ ...name[0], name: 'Xmas' }], forget: ['2026-12-19'] } });
    expect((await calendar(id))?.days).toEqual([{ ...name[0], name: 'Xmas' }]);
  });

  it('refuse what cannot be: no day of the week, no such day, one twice, a name that is taken, too many', async () => {
    const id = await make({ name: 'Half' });
    const refusal = async (document: string, variables: Record<string, unknown>): Promise<unknown> =>
      (await admin.send(document, variables)).errors[0]?.extensions;
    const input = { name: 'x', weekdays: [1] };
    expect(await refusal(CREATE, { input: { ...input, weekdays: [] } })).toEqual({ code: 'BAD_INPUT', params: { field: 'weekdays', reason: 'EMPTY' } });
    expect(await refusal(CREATE, { input: { ...input, weekdays: [0] } })).toMatchObject({ params: { field: 'weekdays', reason: 'NOT_A_WEEKDAY' } });
    expect(await refusal(CREATE, { input: { ...input, name: 'ｈａｌｆ' } })).toEqual({ code: 'CONFLICT', params: { field: 'name', reason: 'TAKEN' } });
    const named = (...days: string[]) => ({ id, version: 1, input: { name: days.map((day) => ({ day, works: false, name: 'Off' })) } });
    expect(await refusal(DAYS, named('2026-02-29'))).toMatchObject({ params: { field: 'day', reason: 'NOT_A_DAY' } });
    expect(await refusal(DAYS, named('2026-02-28', '2026-02-28'))).toMatchObject({ params: { reason: 'TWICE_A_DAY', day: '2026-02-28' } });
    const many = Array.from({ length: 1_501 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    expect(await refusal(DAYS, named(...many))).toMatchObject({ params: { reason: 'CALENDAR_FULL', max: 1_500 } });
    expect(await calendar(id)).toMatchObject({ version: 1, days: [] });
  });

  it('read a file of holidays: first what it would do, then that', async () => {
    const id = await make();
    await admin.ask(DAYS, { id, version: 1, input: { name: [{ day: '2026-05-01', works: false, name: 'May' }] } });
    const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
    const ics = [
      'BEGIN:VCALENDAR',
      ...event('DTSTART;VALUE=DATE:20260501', 'SUMMARY:Labour Day'),
      ...event('DTSTART;VALUE=DATE:20261003', 'DTEND;VALUE=DATE:20261005', 'SUMMARY:Unity'),
      ...event('DTSTART;VALUE=DATE:20261003', 'RRULE:FREQ=YEARLY', 'SUMMARY:Each year'),
      'END:VCALENDAR',
    ].join('\r\n');
    const told = {
      added: ['2026-10-03', '2026-10-04'].map((day) => ({ day, works: false, name: 'Unity' })),
      changed: [{ from: { name: 'May' }, to: { name: 'Labour Day' } }],
      unchangedCount: 0,
      leftOut: [{ line: 11, name: 'Each year', reason: 'REPEATS' }],
      leftOutCount: 1,
    };
    const read = (dryRun: boolean, version = 2): Promise<unknown> => admin.ask(READ, { id, version, ics, dryRun });
    expect(await read(true)).toEqual({ readCalendarFile: { calendar: { version: 2 }, ...told } });
    expect((await calendar(id))?.days).toHaveLength(1);
    expect(await read(false)).toEqual({ readCalendarFile: { calendar: { version: 3 }, ...told } });
    expect((await calendar(id))?.days.map(({ name }) => name)).toEqual(['Labour Day', 'Unity', 'Unity']);
    // The same file again is nothing new.
    expect(await read(false, 3)).toMatchObject({ readCalendarFile: { calendar: { version: 3 }, added: [], changed: [], unchangedCount: 3 } });
    const { errors } = await admin.send(READ, { id, version: 3, ics: 'no calendar', dryRun: true });
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_INPUT', params: { field: 'ics', reason: 'ICS_NOT_A_CALENDAR', line: 1 } });
  });

  it('stay while a project goes by them, and the first one for good', async () => {
    const id = await make();
    const project = await buildProject(trainyard);
    const { client: lead } = await memberOf(trainyard, project, 'LEAD');
    const choose = (calendarId: string) =>
      lead.send(
        'mutation($id: ID!, $v: Int!, $input: UpdateProjectInput!) { updateProject(id: $id, version: $v, input: $input) { calendar { id } version } }',
        {
          id: project.id,
          v: 1,
          input: { calendarId },
        },
      );
    expect((await choose(randomUUID())).errors[0]?.extensions).toEqual({ code: 'BAD_INPUT', params: { field: 'calendarId', reason: 'UNKNOWN' } });
    expect((await choose(id)).data).toEqual({ updateProject: { calendar: { id }, version: 2 } });
    const remove = async (one: string, version: number): Promise<unknown> =>
      (await admin.send('mutation($id: ID!, $v: Int!) { deleteCalendar(id: $id, version: $v) }', { id: one, v: version })).errors[0]?.extensions;
    expect(await remove(id, 1)).toEqual({ code: 'CALENDAR_IN_USE', params: { projects: 1, people: 0 } });
    const [first] = await calendars();
    expect(await remove(first!.id, 1)).toEqual({ code: 'CALENDAR_IN_USE', params: { reason: 'FIRST' } });
    await trainyard.database.direct.query('UPDATE project SET calendar_id = $2 WHERE id = $1', [project.id, first!.id]);
    expect(await remove(id, 1)).toBeUndefined();
    expect(await calendar(id)).toBeUndefined();
  });

  it('stay while reports of the past of a project count days by them', async () => {
    const id = await make();
    const project = await buildProject(trainyard);
    const { client: lead } = await memberOf(trainyard, project, 'LEAD');
    const [first] = await calendars();
    for (const [place, calendarId] of [id, first!.id].entries())
      await lead.ask('mutation($id: ID!, $v: Int!, $input: UpdateProjectInput!) { updateProject(id: $id, version: $v, input: $input) { id } }', {
        id: project.id,
        v: place + 1,
        input: { calendarId },
      });
    const { errors } = await admin.send('mutation($id: ID!) { deleteCalendar(id: $id, version: 1) }', { id });
    expect(errors[0]?.extensions).toEqual({ code: 'CALENDAR_IN_USE', params: { reason: 'PAST' } });
  });

  it('are named in all languages by whoever renames them', async () => {
    const china = (await calendars()).find(({ key }) => key === 'CHINA')!;
    const update =
      'mutation($id: ID!, $v: Int!, $input: UpdateCalendarInput!) { made: updateCalendar(id: $id, version: $v, input: $input) { key name knownUntil } }';
    const change = (v: number, input: object): Promise<unknown> => admin.ask(update, { id: china.id, v, input });
    expect(await change(1, { knownUntil: '2027-12-31' })).toEqual({ made: { key: 'CHINA', name: 'China', knownUntil: '2027-12-31' } });
    expect(await change(2, { name: 'Shanghai', knownUntil: null })).toEqual({ made: { key: null, name: 'Shanghai', knownUntil: null } });
  });
});

it('a calendar is told as it was: later days, weekdays and announcements are taken back', async () => {
  const id = await make({ weekdays: [1, 2, 3, 4, 5, 6], knownUntil: '2026-12-28' });
  const change = 'mutation($id: ID!, $v: Int!, $input: UpdateCalendarInput!) { updateCalendar(id: $id, version: $v, input: $input) { version } }';
  const made = await momentBetween(trainyard);
  await admin.ask(DAYS, { id, version: 1, input: { name: [{ day: '2026-12-30', works: false, name: 'Off' }] } });
  const named = await momentBetween(trainyard);
  await admin.ask(change, { id, v: 2, input: { weekdays: [1], knownUntil: null } });
  await admin.ask(DAYS, { id, version: 3, input: { name: [{ day: '2026-12-31', works: true, name: 'On' }], forget: ['2026-12-30'] } });
  const at = async (asOf: Date | null): Promise<unknown> => {
    const [calendar] = await trainyard.app.get(CalendarReader).workingAt(id, '2026-12-28', '2027-01-02', [asOf]);
    if (!calendar) throw new Error('no calendar');
    return [workingDays(calendar, '2026-12-28', '2027-01-02').map((day) => Number(day.slice(8))), calendar.knownUntil];
  };
  const told = async (): Promise<unknown[]> => [await at(made), await at(named), await at(null), await at(new Date())];
  const expected = [
    [[28, 29, 30, 31, 1, 2], '2026-12-28'],
    [[28, 29, 31, 1, 2], '2026-12-28'],
    [[28, 31], null],
    [[28, 31], null],
  ];
  expect(await told()).toEqual(expected);
  // as earlier versions did, whatever reports went by it
  await trainyard.database.direct.query('DELETE FROM calendar WHERE id = $1', [id]);
  expect(await told()).toEqual(expected);
});

describe('the zone of a project', () => {
  const make = async (timeZone?: string) => {
    const { teamId } = await buildProject(trainyard);
    const input = { key: `Z${randomUUID().slice(0, 6).toUpperCase()}`, name: 'Zone', visibility: 'OPEN', boardKind: 'KANBAN', teamId, timeZone };
    return admin.send<{ createProject: { id: string; timeZone: string; calendar: { key: string } } }>(
      'mutation($input: CreateProjectInput!) { createProject(input: $input) { id timeZone calendar { key } } }',
      { input },
    );
  };

  it('is UTC, or the one that its maker sends; its log says so from the start', async () => {
    expect((await make()).data?.createProject).toMatchObject({ timeZone: 'UTC', calendar: { key: 'WEEKDAYS' } });
    const made = (await make('asia/shanghai')).data!.createProject;
    expect(made.timeZone).toBe('Asia/Shanghai');
    const logged = await row<{ zone: string }>(
      trainyard.database.direct,
      `SELECT changes #>> '{timeZone,to}' AS zone FROM activity WHERE scope = $1 AND entity = 'PROJECT'`,
      [made.id],
    );
    expect(logged?.zone).toBe('Asia/Shanghai');
  });

  it.each(['Nowhere/At_All', '+03:00', 'UTC+3', '', 'x'.repeat(200)])('is refused where there is none such: %j', async (zone) => {
    const refusal = { code: 'BAD_INPUT', params: { field: 'timeZone', reason: 'UNKNOWN' } };
    expect((await make(zone)).errors[0]?.extensions).toEqual(refusal);
    const project = await buildProject(trainyard);
    const update = 'mutation($id: ID!, $input: UpdateProjectInput!) { updateProject(id: $id, version: 1, input: $input) { id } }';
    expect((await admin.send(update, { id: project.id, input: { timeZone: zone } })).errors[0]?.extensions).toEqual(refusal);
  });
});

it('China’s, which is there without a row of the log, is told as it was once it is gone', async () => {
  const id = (await calendars()).find(({ weekdays, days }) => weekdays.length === 5 && days.length === 39)!.id;
  const version = (await calendar(id))!.version;
  await admin.ask(DAYS, { id, version, input: { name: [{ day: '2026-12-24', works: false, name: 'Off' }], forget: ['2026-01-01'] } });
  const told = async (): Promise<unknown> => {
    const [one] = await trainyard.app.get(CalendarReader).workingAt(id, '2024-12-01', '2027-01-31', [null]);
    return [workingDays(one!, '2024-12-01', '2027-01-31'), one!.knownUntil];
  };
  const before = await told();
  await trainyard.database.direct.query('DELETE FROM calendar WHERE id = $1', [id]);
  expect(await told()).toEqual(before);
});
