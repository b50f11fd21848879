import type { MockLink } from '@apollo/client/testing';
import { type RunOfPage } from './build-run.ts';
import { renderApp, type RenderOptions } from './render.tsx';
import { RunCardsDocument } from '../src/features/training/run-cards.generated.ts';
import { RunLogsDocument, RunPageDocument, RunPlaceDocument, RunProgressDocument, RunSeriesDocument } from '../src/features/training/runs.generated.ts';
import { RunPage } from '../src/features/training/RunPage.tsx';

const place = {
  ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'VIS-12', title: 'Digits', boardId: 'board-1' },
  project: {
    __typename: 'Project',
    id: 'project-1',
    key: 'VIS',
    name: 'Vision',
    visibility: 'OPEN',
    state: 'ACTIVE' as const,
    team: { __typename: 'Team', id: 'team-1' },
  },
} as const;

/** The page of a run; its server answers the rest as of one that has begun. `first`: answers that go before. */
export async function openRun(run: RunOfPage | null, { mocks = [], ...options }: RenderOptions = {}, first: readonly MockLink.MockedResponse[] = []) {
  const always = Number.POSITIVE_INFINITY;
  const attempt = run && {
    __typename: 'Attempt',
    id: run.attempt?.id,
    claim: 1,
    state: 'RUNNING',
    metrics: [],
    log: [
      { __typename: 'LogLine', claim: 1, line: 0, at: '2026-11-22T04:00:00Z', stream: 'OUT', text: 'epoch 1/8', params: null },
      {
        __typename: 'LogLine',
        claim: 1,
        line: 1,
        at: '2026-11-22T04:00:01Z',
        stream: 'RUNNER',
        text: 'Claimed by lab, claim 1.',
        params: { reason: 'CLAIMED', host: 'lab', claim: 1, ns: 5 },
      },
      {
        __typename: 'LogLine',
        claim: 1,
        line: 2,
        at: '2026-11-22T04:00:02Z',
        stream: 'RUNNER',
        text: 'It was killed.',
        params: { reason: 'KILLED', signal: 'SIGKILL' },
      },
    ],
  };
  const served: MockLink.MockedResponse[] = [
    ...first,
    { request: { query: RunPageDocument, variables: () => true }, result: { data: { run } }, maxUsageCount: always },
    { request: { query: RunPlaceDocument, variables: () => true }, result: { data: place }, maxUsageCount: always },
    {
      request: { query: RunSeriesDocument, variables: () => true },
      result: { data: { run: run && { __typename: 'Run', id: run.id, attempt } } },
      maxUsageCount: always,
    },
    {
      request: { query: RunLogsDocument, variables: () => true },
      result: {
        data: {
          run: run && {
            __typename: 'Run',
            id: run.id,
            attempts: run.attempts.map(({ id, number }) => ({
              __typename: 'Attempt' as const,
              id,
              number,
              log: [{ __typename: 'LogLine' as const, claim: 1, line: 0, at: '2026-11-20T04:00:00Z', stream: 'OUT', text: `begun as ${number}`, params: null }],
            })),
          },
        },
      },
      maxUsageCount: always,
    },
    { request: { query: RunProgressDocument, variables: () => true }, result: { data: { runProgress: null } }, delay: 2 ** 30 },
    ...mocks,
    { request: { query: RunCardsDocument, variables: () => true }, result: { data: { runCards: [] } }, delay: 2 ** 30 },
  ];
  return renderApp(<RunPage />, { ...options, mocks: served, at: '/runs/run-1' });
}
