import { screen, waitFor, within } from '@testing-library/react';
import { shiftedDay } from '@trainyard/domain';
import { GraphQLError } from 'graphql';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { serverToday } from '../../server-clock.ts';
import { AddTimeOffDocument, RemoveTimeOffDocument, SetWorkingPatternDocument, WorkTimeDocument } from './work-time.generated.ts';
import { WorkTime, type PersonTime } from './WorkTimeDialog.tsx';

const today = serverToday();
const WEEKDAYS = { __typename: 'Calendar' as const, id: 'weekdays', key: 'WEEKDAYS', name: 'Monday to Friday', weekdays: [1, 2, 3, 4, 5] };
const person = (more: Partial<PersonTime> = {}): PersonTime => ({
  __typename: 'User',
  id: 'user-2',
  name: 'Li Na',
  memberships: [{ __typename: 'Membership', id: 'm', team: { __typename: 'Team', id: 'team-1' } }],
  workingPatterns: [],
  timeOff: [],
  capacityMinutes: 4_590,
  ...more,
});
const off = (id: string, fromDate: string, toDate: string, halves: object = {}): PersonTime['timeOff'][number] => ({
  __typename: 'TimeOff',
  ...{ id, fromDate, toDate, fromNoon: false, untilNoon: false, version: 1 },
  ...halves,
});
const loads = (one = person()) => ({
  request: {
    query: WorkTimeDocument,
    variables: { id: 'user-2', from: today, to: shiftedDay(today, 365), capacityTo: shiftedDay(today, 27) },
  },
  result: { data: { user: one, calendars: [WEEKDAYS] } },
});
const open = (options: RenderOptions) => renderApp(<WorkTime userId="user-2" />, options);

describe('when somebody works', () => {
  it('is the usual week where nobody said otherwise, and a week is said in hours', async () => {
    const minutes = [450, 480, 480, 480, 240, 0, 0];
    const calendar = { __typename: 'Calendar' as const, id: 'weekdays', key: 'WEEKDAYS', name: 'Monday to Friday' };
    const { user } = await open({
      mocks: [
        loads(),
        {
          request: { query: SetWorkingPatternDocument, variables: { input: { userId: 'user-2', since: today, calendarId: 'weekdays', minutes } } },
          result: { data: { setWorkingPattern: { __typename: 'WorkingPattern', id: 'p' } } },
        },
        loads(person({ workingPatterns: [{ __typename: 'WorkingPattern', id: 'p', minutes, fromDate: '2026-01-01', toDate: null, version: 1, calendar }] })),
      ],
    });
    expect(await screen.findByText(/^76\.5 hours in the four weeks from today/)).toBeTruthy();
    expect(screen.getByText(/^The usual week/)).toBeTruthy();
    const hours = screen.getAllByRole<HTMLInputElement>('textbox', { name: /day$/ });
    expect(hours.map(({ value }) => value)).toEqual(['8', '8', '8', '8', '8', '0', '0']);
    await user.clear(hours[0]!);
    await user.type(hours[0]!, '7.5');
    await user.clear(hours[4]!);
    await user.type(hours[4]!, '4');
    await user.click(screen.getByRole('button', { name: 'Save week' }));
    expect(await screen.findByText('Mon 7.5 · Tue 8 · Wed 8 · Thu 8 · Fri 4 · Monday to Friday')).toBeTruthy();
  });

  it('leaves out days off, which are added and removed; the server says where two meet', async () => {
    const input = { userId: 'user-2', fromDate: '2026-12-23', toDate: '2026-12-31', fromNoon: true, untilNoon: false };
    const refused = new GraphQLError('no', { extensions: { code: 'CONFLICT', params: { field: 'fromDate', reason: 'OVERLAPS' } } });
    const taken = off('o', '2026-12-23', '2026-12-31', { fromNoon: true });
    const asks = { query: AddTimeOffDocument, variables: { input } };
    const { user } = await open({
      mocks: [
        loads(),
        { request: asks, result: { errors: [refused] } },
        { request: asks, result: { data: { addTimeOff: { __typename: 'TimeOff', id: 'o' } } } },
        loads(person({ timeOff: [taken] })),
        { request: { query: RemoveTimeOffDocument, variables: { id: 'o', version: 1 } }, result: { data: { removeTimeOff: true } } },
        loads(),
      ],
    });
    await user.clear(await screen.findByLabelText('First day'));
    await user.type(screen.getByLabelText('First day'), '2026-12-23');
    await user.type(screen.getByLabelText('Last day'), '2026-12-31');
    await user.click(screen.getByRole('checkbox', { name: 'The first day from noon' }));
    const add = screen.getByRole('button', { name: 'Add days off' });
    await user.click(add);
    expect(await screen.findByText(/^Some of these days are off already/)).toBeTruthy();
    await user.click(add);
    const line = within((await screen.findByText('Dec 23, 2026 – Dec 31, 2026')).closest('li')!);
    expect(line.getByText('from noon')).toBeTruthy();
    await user.click(line.getByRole('button', { name: 'Remove days off from Dec 23, 2026' }));
    await waitFor(() => expect(screen.getByText('None in the year to come.')).toBeTruthy());
  });

  it('is read, not changed, by those who lead none of their teams', async () => {
    await open({ mocks: [loads(person({ timeOff: [off('o', '2026-12-24', '2026-12-24')] }))], viewer: { orgRole: 'MEMBER' } });
    expect(await screen.findByText('Dec 24, 2026')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is changed by who leads one of their teams', async () => {
    await open({ mocks: [loads()], viewer: { orgRole: 'MEMBER', teams: [{ __typename: 'ViewerTeam', teamId: 'team-1', role: 'LEAD' }] } });
    expect(await screen.findByRole('button', { name: 'Save week' })).toBeTruthy();
  });
});
