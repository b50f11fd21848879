import type { MockLink } from '@apollo/client/testing';
import { screen } from '@testing-library/react';
import { WorkNewsDocument } from '../src/features/activity/activity.generated.ts';
import { ReportProjectDocument, ReportTicketsDocument, SprintReportDocument } from '../src/features/flow/flow.generated.ts';
import { ProjectReport } from '../src/features/flow/ReportPage.tsx';
import { buildSprintReport } from './build-sprint-report.ts';
import { renderApp } from './render.tsx';

/** However often it is asked. */
export const ALWAYS = { maxUsageCount: Number.POSITIVE_INFINITY };

export const SPRINT_1 = {
  __typename: 'Sprint',
  id: '0b0b0b0b-0000-4000-8000-000000000001',
  name: 'Sprint 1',
  state: 'RUNNING',
  startsOn: '2026-11-05',
  endsOn: '2026-11-09',
  startedAt: '2026-11-05T09:00:00Z',
  closedAt: null,
};

/** Atlas, whose clocks are those of Berlin. */
export const reportProject = (sprints: object[] = [SPRINT_1]): MockLink.MockedResponse => ({
  request: { query: ReportProjectDocument, variables: { key: 'ATL' } },
  result: {
    data: {
      project: {
        __typename: 'Project',
        id: 'project-1',
        key: 'ATL',
        name: 'Atlas',
        timeZone: 'Europe/Berlin',
        people: [{ __typename: 'User', id: 'user-2', name: 'Mei Lin' }],
        boards: [{ __typename: 'Board', id: 'board-1', name: 'Atlas', kind: 'SCRUM', columns: [{ __typename: 'Column', id: 'doing', name: 'Doing' }] }],
        sprints,
      },
    },
  },
  ...ALWAYS,
});

/** The log says nothing more. */
const silence = { request: { query: WorkNewsDocument }, result: { data: { workNews: '2026-11-07T12:00:00.000Z' } }, delay: Number.POSITIVE_INFINITY };
const tickets: MockLink.MockedResponse = {
  request: { query: ReportTicketsDocument, variables: () => true },
  result: ({ ids }: { ids: string[] }) => ({
    data: {
      reportTickets: ids
        .filter((id) => id !== 'erased')
        .map((id) => ({
          __typename: 'ReportTicket',
          id,
          key: id.replace('ticket', 'ATL'),
          title: 'Tune',
          type: 'TASK',
          state: 'OPEN',
          resolution: null,
          isDeleted: false,
        })),
    },
  }),
  ...ALWAYS,
};

/** Puts into `asked` what was asked for. */
export const sprintReport = (asked: unknown[], of = buildSprintReport()): MockLink.MockedResponse => ({
  request: { query: SprintReportDocument, variables: () => true },
  result: (variables: object) => {
    asked.push(variables);
    return { data: { sprintReport: of } };
  },
  ...ALWAYS,
});

export const openReport = (name: string, mocks: readonly MockLink.MockedResponse[], search = '') =>
  renderApp(<ProjectReport projectKey="ATL" report={name} />, { mocks: [silence, tickets, ...mocks], at: `/projects/ATL/reports/${name}${search}` });

export const row = (name: RegExp): HTMLElement => screen.getByRole('row', { name });

export const projectFlow = (of: object) => ({ projectFlow: { __typename: 'ProjectFlow', timeZone: 'UTC', behind: 0, asOf: '2026-11-07T12:00:00Z', ...of } });

export const flowDay = (name: string, reached: number[], done: string[]) => ({
  __typename: 'FlowDay',
  day: name,
  isWorking: true,
  startsAt: `${name}T00:00:00Z`,
  endsAt: `${name}T23:59:59Z`,
  reached,
  done,
});
