import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { calendarSearch } from './calendar-search.ts';
import { Calendars, type Calendar } from './CalendarsPage.tsx';
import {
  CalendarsDocument,
  CalendarYearDocument,
  ChangeCalendarDaysDocument,
  ReadCalendarFileDocument,
  UpdateCalendarDocument,
} from './calendars.generated.ts';
import type { ShownDay } from './CalendarYear.tsx';

const china: Calendar = { __typename: 'Calendar', id: 'china', key: 'CHINA', name: 'China', weekdays: [1, 2, 3, 4, 5], knownUntil: '2026-11-30', version: 3 };
const named = (day: string, works: boolean, name: string): ShownDay => ({ __typename: 'CalendarDay', day, works, name });
const DAYS = [named('2026-10-01', false, 'National Day'), named('2026-10-10', true, 'National Day')];

const loads = (calendar: Calendar = china) => ({ request: { query: CalendarsDocument }, result: { data: { calendars: [calendar] } } });
const year = (days: readonly ShownDay[] = DAYS, version = 3) => ({
  request: { query: CalendarYearDocument, variables: { id: 'china', year: 2026 } },
  result: { data: { calendar: { __typename: 'Calendar' as const, id: 'china', version, days: [...days] } } },
});
/** The browser of these tests lacks `text`. */
const fileOf = (ics: string): File => Object.assign(new File([ics], 'holidays.ics', { type: 'text/calendar' }), { text: () => Promise.resolve(ics) });
const open = async ({ mocks, viewer }: RenderOptions) => {
  const chosen: unknown[] = [];
  const rendered = await renderApp(<Calendars chosen={{ year: 2026 }} onChoose={(search) => chosen.push(search)} />, { mocks: mocks ?? [], viewer });
  return { ...rendered, chosen };
};

describe('calendars', () => {
  it('show a year: what each day is, what makes up, and what is not announced yet', async () => {
    const { chosen, user } = await open({ mocks: [loads(), year()] });
    expect(await screen.findByRole('button', { name: 'Oct 1, 2026, Day off, National Day' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Oct 10, 2026, Make-up working day, National Day' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Oct 11, 2026, Free weekday' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Dec 1, 2026, Working day, Not announced yet' })).toBeTruthy();
    // 261 days from Monday to Friday, one off, one made up for.
    expect(screen.getByText(/^261 working days\. Holidays are announced until Nov 30, 2026; later/)).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Named days of 2026' })).getAllByRole('listitem')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Year after' }));
    expect(chosen).toEqual([{ year: 2027 }]);
  });

  it('are walked by keys, through all months, with one stop for Tab', async () => {
    const { user } = await open({ mocks: [loads(), year()] });
    const first = await screen.findByRole('button', { name: /^Jan 1, 2026,/ });
    expect(screen.getAllByRole('button').filter((one) => one.dataset['day'] && one.tabIndex === 0)).toEqual([first]);
    first.focus();
    await user.keyboard('{ArrowDown}{ArrowRight}{PageDown}');
    expect(document.activeElement?.getAttribute('data-day')).toBe('2026-02-06');
    expect(screen.getAllByRole('button').filter((one) => one.dataset['day'] && one.tabIndex === 0)).toEqual([document.activeElement]);
  });

  it('name days, up to a last one', async () => {
    const input = { name: ['2026-12-24', '2026-12-25'].map((day) => ({ day, works: false, name: 'Christmas' })) };
    const { user } = await open({
      mocks: [
        loads(),
        year(),
        {
          request: { query: ChangeCalendarDaysDocument, variables: { id: 'china', version: 3, input } },
          result: { data: { changeCalendarDays: { __typename: 'Calendar', id: 'china', version: 4 } } },
        },
        year([...DAYS, named('2026-12-24', false, 'Christmas')], 4),
        loads({ ...china, version: 4 }),
      ],
    });
    await user.click(await screen.findByRole('button', { name: /^Dec 24, 2026,/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Dec 24, 2026' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText('Fill this in')).toBeTruthy();
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Christmas');
    const until = dialog.getByLabelText('Until');
    await user.clear(until);
    await user.type(until, '2026-12-25');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('button', { name: 'Dec 24, 2026, Day off, Christmas, Not announced yet' })).toBeTruthy();
  });

  it('show what a file of holidays does before it does it', async () => {
    const ics = 'BEGIN:VCALENDAR';
    const answer = (version: number) => ({
      data: {
        readCalendarFile: {
          __typename: 'CalendarImport' as const,
          calendar: { __typename: 'Calendar' as const, id: 'china', knownUntil: china.knownUntil, version },
          added: [named('2027-01-01', false, 'New Year')],
          changed: [],
          unchangedCount: 2,
          leftOut: [{ __typename: 'IcsLeftOutType' as const, line: 9, name: 'Meeting', reason: 'NOT_ALL_DAY' as const }],
          leftOutCount: 1,
        },
      },
    });
    const asks = (variables: object, version: number) => ({
      request: { query: ReadCalendarFileDocument, variables: { id: 'china', version: 3, ics, ...variables } as never },
      result: answer(version),
    });
    const { user } = await open({
      mocks: [loads(), year(), asks({ knownUntil: null, dryRun: true }, 3), asks({ knownUntil: '2027-12-31', dryRun: false }, 4), loads(), year()],
    });
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Read holidays from a file' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Take over' }).disabled).toBe(true);
    await user.upload(dialog.querySelector<HTMLInputElement>('input[type=file]')!, fileOf(ics));
    expect(await within(dialog).findByText('New days: 1. Changed: 0. Already so: 2.')).toBeTruthy();
    expect(within(dialog).getByText('Begins at an hour. Only whole days are taken.')).toBeTruthy();
    expect(within(dialog).getByLabelText<HTMLInputElement>('Holidays announced until').value).toBe('2027-12-31');
    await user.click(within(dialog).getByRole('button', { name: 'Take over' }));
    expect(await screen.findByText('1 day taken over')).toBeTruthy();
  });

  it('say in which line a file is wrong', async () => {
    const refused = new GraphQLError('no', { extensions: { code: 'BAD_INPUT', params: { field: 'ics', reason: 'ICS_NOT_A_CALENDAR', line: 1 } } });
    const { user } = await open({
      mocks: [loads(), year(), { request: { query: ReadCalendarFileDocument, variables: () => true }, result: { errors: [refused] } }],
    });
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Read holidays from a file' }));
    const dialog = await screen.findByRole('dialog');
    await user.upload(dialog.querySelector<HTMLInputElement>('input[type=file]')!, fileOf('x'));
    expect(await within(dialog).findByText(/^Line 1: this is no calendar file/)).toBeTruthy();
  });

  it('are changed, and keep the name in all languages where nobody changes it', async () => {
    const { user } = await open({
      mocks: [
        loads(),
        year(),
        {
          request: {
            query: UpdateCalendarDocument,
            variables: { id: 'china', version: 3, input: { weekdays: [1, 2, 3, 4, 5, 6], knownUntil: '2026-11-30' } },
          },
          result: { data: { updateCalendar: { ...china, weekdays: [1, 2, 3, 4, 5, 6], version: 4 } } },
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Edit calendar' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('checkbox', { name: 'Saturday' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByText(/^312 working days/)).toBeTruthy();
  });

  it('are read, not changed, by those who may not manage them', async () => {
    await open({ mocks: [loads(), year()], viewer: { orgRole: 'MEMBER' } });
    expect(await screen.findByTitle('Oct 1, 2026, Day off, National Day')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Oct 1/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'New calendar' })).toBeNull();
  });
});

it('an address may say anything', () => {
  expect([{}, { year: '2027' }, { year: '27', calendar: '' }, { year: 'x', calendar: 'a' }, { year: 3000 }].map(calendarSearch)).toEqual([
    {},
    { year: 2027 },
    {},
    { calendar: 'a' },
    {},
  ]);
});
