import { screen, within } from '@testing-library/react';
import { ALWAYS, flowDay, openReport, projectFlow, reportProject, row } from '../../../../test/open-report.tsx';
import { FlowAgeingDocument, FlowCyclesDocument, FlowDaysDocument, FlowEfficiencyDocument, FlowTicketsDocument } from '../flow.generated.ts';

it('the cumulative flow names those between two lines', async () => {
  const asked: unknown[] = [];
  const { user } = await openReport('cumulative-flow', [
    reportProject(),
    {
      request: { query: FlowDaysDocument, variables: () => true },
      result: { data: projectFlow({ days: [flowDay('2026-11-06', [9, 5, 2, 0], [])] }) },
      ...ALWAYS,
    },
    {
      request: { query: FlowTicketsDocument, variables: () => true },
      result: (variables: object) => {
        asked.push(variables);
        return { data: { flowTickets: { __typename: 'CountedTickets', total: 3, ticketIds: ['ticket-7', 'erased'] } } };
      },
    },
  ]);
  await user.click(await screen.findByRole('button', { name: 'Numbers' }));
  await user.click(within(row(/^Nov 6, 2026/)).getByRole('button', { name: /^3: open the tickets, In progress/ }));
  expect(await screen.findByRole('link', { name: 'ATL-7 Tune' })).toBeTruthy();
  expect(asked).toEqual([{ projectId: 'project-1', day: '2026-11-06', stage: 'IN_PROGRESS', asOf: null, known: 'THEN' }]);
  expect(screen.getByText(/1 ticket is erased/)).toBeTruthy();
});

it('what time went to is said in words, whatever it was, and the bottleneck has its evidence', async () => {
  const reason = (name: string, detail: string | null, hours: number) => ({
    __typename: 'FlowTime',
    reason: name,
    detail,
    hours,
    tickets: 1,
    ticketIds: ['ticket-1'],
  });
  await openReport('efficiency', [
    reportProject(),
    {
      request: { query: FlowEfficiencyDocument, variables: () => true },
      result: {
        data: projectFlow({
          efficiency: {
            ...{ __typename: 'FlowEfficiency', n: 1, workHours: 10, waitingHours: 30, ratio: 0.25 },
            reasons: [
              reason('RUN_QUEUED', 'H200', 14),
              reason('RUN_TRAINING', null, 9),
              reason('BLOCKED', 'ATL-9', 8),
              reason('BLOCKED', null, 4),
              reason('AWAY', null, 2),
              reason('NOBODY', null, 1),
              reason('QUEUE', null, 1),
              reason('WORK', null, 1),
            ],
            bottleneck: {
              __typename: 'Bottleneck',
              columnId: 'doing',
              reason: 'RUN_QUEUED',
              detail: 'H200',
              hours: 14,
              share: 0.4667,
              ticketIds: ['ticket-1'],
            },
          },
        }),
      },
      ...ALWAYS,
    },
  ]);
  const table = await screen.findByRole('table', { name: 'Where the time went' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Run queued for H200',
    'Run in training',
    'Blocked by ATL-9',
    'Blocked by a link',
    'Assignee away',
    'Nobody assigned',
    'Put back, waiting',
    'Being worked on',
  ]);
  expect(screen.getByText('Most was waited for “Run queued for H200” in “Doing”: 14 hours, 47% of all waiting, by 1 ticket.')).toBeTruthy();
  expect(await screen.findByRole('link', { name: 'ATL-1 Tune' })).toBeTruthy();
});

const cycle = (n: number, days: number, overrides: object = {}) => ({
  ...{ __typename: 'TicketCycle', ticketId: `ticket-${n}`, startedAt: '2026-11-05T08:00:00Z', endedAt: '2026-11-06T08:00:00Z', days, leadDays: days + 4 },
  ...{ activeHours: 6.25, isSkipped: false, reentries: 0, ...overrides },
});

it('times are told of tickets by percentiles, each of which leads to those that took longer', async () => {
  const percentiles = (p50: number, p85: number, p95: number) => ({ __typename: 'Percentiles', p50, p85, p95 });
  const of = {
    days: [{ ...flowDay('2026-11-06', [], []), __typename: 'FlowDay' }],
    cycleTimes: {
      ...{ __typename: 'CycleTimes', n: 12, skipped: 1, cycle: percentiles(2, 5, 9), lead: percentiles(6, 9, 13) },
      tickets: [cycle(1, 1, { isSkipped: true }), cycle(2, 4), cycle(3, 9)],
    },
  };
  const { user } = await openReport('cycle-time', [
    reportProject(),
    { request: { query: FlowCyclesDocument, variables: () => true }, result: { data: projectFlow(of) }, ...ALWAYS },
  ]);
  await user.click(await screen.findByRole('button', { name: '5 days: open the tickets, Took longer than 5 days' }));
  const panel = await screen.findByRole('dialog');
  expect(await within(panel).findAllByRole('link', { name: /^ATL-\d/ })).toHaveLength(1);
  expect(within(panel).getByText('9 days')).toBeTruthy();
  await user.keyboard('{Escape}');
  const plot = screen.getByRole('group', { name: /^Cycle time/ });
  plot.focus();
  await user.keyboard('{End}');
  expect(await screen.findAllByText(/ATL-3 Tune: 9 days/)).not.toHaveLength(0);
  expect(screen.getByText('The last 3 tickets are shown; percentiles are of all.')).toBeTruthy();
});

it('an efficiency leads to the tickets that were done', async () => {
  const asked: unknown[] = [];
  const efficiency = { __typename: 'FlowEfficiency', n: 2, workHours: 10, waitingHours: 30, ratio: 0.25, reasons: [], bottleneck: null };
  const cycleTimes = { __typename: 'CycleTimes', n: 2, skipped: 0, cycle: null, lead: null, tickets: [cycle(1, 1), cycle(2, 4)] };
  const { user } = await openReport(
    'efficiency',
    [
      reportProject(),
      { request: { query: FlowEfficiencyDocument, variables: () => true }, result: { data: projectFlow({ efficiency }) }, ...ALWAYS },
      {
        request: { query: FlowCyclesDocument, variables: () => true },
        result: (variables: object) => {
          asked.push(variables);
          return { data: projectFlow({ days: [], cycleTimes }) };
        },
        ...ALWAYS,
      },
    ],
    '?asOf=2026-11-06T12:00Z&days=28',
  );
  await user.click(await screen.findByRole('button', { name: /^2: open the tickets, Tickets done/ }));
  const panel = await screen.findByRole('dialog', { name: 'Tickets done' });
  await within(panel).findByRole('link', { name: 'ATL-2 Tune' });
  expect(
    within(panel)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['ATL-1 Tune1 dayOpen', 'ATL-2 Tune4 daysOpen']);
  expect(asked).toEqual([{ projectId: 'project-1', days: 28, asOf: '2026-11-06T12:00Z', known: 'THEN' }]);
});

it('of fewer than ten tickets no percentile is told', async () => {
  const of = {
    days: [flowDay('2026-11-06', [], [])],
    cycleTimes: { __typename: 'CycleTimes', n: 1, skipped: 0, cycle: null, lead: null, tickets: [cycle(2, 4)] },
  };
  await openReport('cycle-time', [
    reportProject(),
    { request: { query: FlowCyclesDocument, variables: () => true }, result: { data: projectFlow(of) }, ...ALWAYS },
  ]);
  expect(await screen.findByText('1 ticket was done: of fewer than ten no percentile is told.')).toBeTruthy();
});

it('what is in progress stands in its column, against how old others left it', async () => {
  const ticket = (n: number, columnId: string | null, age: number, olderThan: number | null) => ({
    ...{ __typename: 'AgeingTicket', ticketId: `ticket-${n}`, columnId, startedAt: '2026-11-01T08:00:00Z', age, totalAge: age, olderThan },
  });
  const of = {
    reasons: [
      { __typename: 'TicketReason', ticketId: 'ticket-1', reason: 'RUN_QUEUED', detail: 'H200' },
      { __typename: 'TicketReason', ticketId: 'ticket-2', reason: 'WORK', detail: null },
    ],
    ageing: {
      __typename: 'Ageing',
      tickets: [ticket(1, 'doing', 12, 95), ticket(2, 'doing', 2, null), ticket(3, 'erased', 1, null)],
      columns: [{ __typename: 'ColumnAges', columnId: 'doing', n: 11, ages: { __typename: 'Percentiles', p50: 3, p85: 6, p95: 8 } }],
    },
  };
  const { user } = await openReport('ageing', [
    reportProject(),
    { request: { query: FlowAgeingDocument, variables: () => true }, result: { data: projectFlow(of) }, ...ALWAYS },
  ]);
  await user.click(await screen.findByRole('button', { name: '1: open the tickets, Older than P85 of their column' }));
  expect(await screen.findByRole('link', { name: 'ATL-1 Tune' })).toBeTruthy();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: '1: open the tickets, Waiting now' }));
  expect((await screen.findByRole('dialog', { name: 'Waiting now' })).textContent).toContain('12 days · Run queued for H200');
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect((await screen.findByRole('row', { name: /ATL-1 Tune/ })).textContent).toContain('Run queued for H200P95368');
  expect(screen.getByRole('row', { name: /ATL-3 Tune/ }).textContent).toContain('a column that is gone');
});
