import type { Action } from '@trainyard/domain';
import type { Variables } from './ask.ts';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import { buildThing, someName } from './things.ts';

const logged = (at: Place, action: Action, changes: unknown, asked?: Variables): ExpectedRow => ({
  scope: at.organisationId,
  entity: 'CALENDAR',
  action,
  ...(asked && { entityId: asked['id'] as string }),
  changes,
});
const set = (to: unknown, from: unknown = null): { from: unknown; to: unknown } => ({ from, to });

const FILE = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20260501', 'SUMMARY:Labour Day', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

/** Calendars of working days. */
export const CALENDAR_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  createCalendar: {
    demands: ['calendar.manage'],
    on: 'ORGANISATION',
    unversioned: 'it makes something new',
    try: () => ({ input: { name: someName(), weekdays: [7, 1, 1] } }),
    logs: (asked, at) => [logged(at, 'CREATED', { name: set((asked['input'] as { name: string }).name), weekdays: set([1, 7]) })],
  },
  updateCalendar: {
    demands: ['calendar.manage'],
    on: 'ORGANISATION',
    try: async (at) => ({ id: await buildThing.calendar(at), version: 1, input: { weekdays: [1, 2], knownUntil: '2026-12-31' } }),
    logs: (asked, at) => [logged(at, 'UPDATED', { weekdays: set([1, 2], [1, 2, 3, 4, 5]), knownUntil: set('2026-12-31') }, asked)],
  },
  changeCalendarDays: {
    demands: ['calendar.manage'],
    on: 'ORGANISATION',
    try: async (at) => ({
      id: await buildThing.calendar(at),
      version: 1,
      input: { name: [{ day: '2026-05-02', works: true, name: 'Make-up' }], forget: ['2026-05-01', '2026-05-03'] },
    }),
    logs: (asked, at) => [
      logged(
        at,
        'UPDATED',
        {
          days: {
            from: { '2026-05-01': { works: false, name: 'May' }, '2026-05-02': null },
            to: { '2026-05-01': null, '2026-05-02': { works: true, name: 'Make-up' } },
          },
        },
        asked,
      ),
    ],
  },
  readCalendarFile: [
    {
      demands: ['calendar.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.calendar(at), version: 1, ics: FILE, knownUntil: '2026-12-31' }),
      logs: (asked, at) => [
        logged(
          at,
          'UPDATED',
          {
            knownUntil: set('2026-12-31'),
            days: { from: { '2026-05-01': { works: false, name: 'May' } }, to: { '2026-05-01': { works: false, name: 'Labour Day' } } },
          },
          asked,
        ),
      ],
    },
    {
      demands: ['calendar.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.calendar(at), version: 1, ics: FILE, dryRun: true }),
      logs: { unlogged: 'it says what it would do, and does nothing' },
    },
  ],
  deleteCalendar: {
    demands: ['calendar.manage'],
    on: 'ORGANISATION',
    try: async (at) => ({ id: await buildThing.calendar(at), version: 1 }),
    logs: (asked, at) => [logged(at, 'DELETED', { name: set(null, expect.any(String)) }, asked)],
  },
};
