import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor } from '@testing-library/react';
import { buildCard, buildRun, type RunOfPage } from '../../../test/build-run.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { RunCardsDocument } from './run-cards.generated.ts';
import { CancelRunsDocument, RunSeriesDocument, TicketRunsDocument } from './runs.generated.ts';
import { TicketRuns } from './TicketRuns.tsx';

const project = { __typename: 'Project', id: 'project-1', visibility: 'OPEN', state: 'ACTIVE' as const, team: { __typename: 'Team', id: 'team-1' } };
const answer = (runs: readonly RunOfPage[]): MockLink.MockedResponse => ({
  request: { query: TicketRunsDocument, variables: () => true },
  result: { data: { ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'VIS-12', runs }, project } },
});
const silence: MockLink.MockedResponse = { request: { query: RunCardsDocument, variables: () => true }, result: { data: { runCards: [] } }, delay: 2 ** 30 };
const ended = (number: number, overrides: Parameters<typeof buildRun>[0] = {}) =>
  buildRun({ ...overrides, card: { id: `run-${number}`, number, state: 'SUCCEEDED', phase: null } });

const open = (mocks: MockLink.MockedResponse[], options: RenderOptions = {}) =>
  renderApp(<TicketRuns ticketId="ticket-1" projectId="project-1" heading={<h3>Training runs</h3>} />, { ...options, mocks });

const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';

describe('TicketRuns', () => {
  it('lists runs newest first with state and headline', async () => {
    await open([answer([ended(1), ended(2)]), silence]);
    await screen.findByText('Runs: 2');
    const rows = screen.getAllByRole('listitem');
    expect(rows.map((row) => row.querySelector('button')?.textContent)).toEqual(['Run 2Convolutional net 28×28', 'Run 1Convolutional net 28×28']);
    expect(textOf(rows[0])).toContain('90.12%');
    expect(textOf(rows[0])).toContain('Succeeded');
  });

  it('puts what goes on first, then the best where the samples are the same', async () => {
    const RESULT = {
      ...{ __typename: 'RunResult' as const, confusion: null, trainCount: 900, validationCount: 100, testCount: 100, steps: 100, samplesPerSecond: 1 },
      ...{ flopsPerSecond: 1, trainMs: 1, datasetDigest: 'c3ab', parameterCount: 10 },
    };
    const measured = (number: number, value: number): RunOfPage => {
      const headline = { __typename: 'Headline' as const, split: 'TEST' as const, name: 'accuracy', value };
      const metrics = [{ __typename: 'ResultMetric' as const, split: 'TEST' as const, name: 'accuracy', value }];
      const run = buildRun({ state: 'SUCCEEDED', card: { id: `run-${number}`, number, state: 'SUCCEEDED', phase: null } });
      return {
        ...run,
        card: { ...run.card, headline },
        result: { ...RESULT, metrics },
      };
    };
    const going = buildRun({ card: { id: 'run-4', number: 4, state: 'QUEUED', phase: null, headline: null } });
    await open([answer([measured(1, 0.9), measured(2, 0.97), measured(3, 0.8), going]), silence]);
    await screen.findByText('best first');
    const rows = screen.getAllByRole('listitem').filter((row) => row.querySelector('input[type="checkbox"]'));
    expect(rows.map((row) => /Run \d/.exec(textOf(row))?.[0])).toEqual(['Run 4', 'Run 2', 'Run 1', 'Run 3']);
    expect(rows.filter((row) => /Best/.test(textOf(row))).map((row) => /Run \d/.exec(textOf(row))?.[0])).toEqual(['Run 2']);
  });

  it('invites who may queue to the first run, and tells who may not', async () => {
    const { unmount } = await open([answer([]), silence]);
    expect(await screen.findByRole('button', { name: 'Queue run' })).toHaveProperty('disabled', false);
    unmount();
    await open([answer([]), silence], { viewer: { orgRole: 'VIEWER' } });
    expect(await screen.findByText(/not queue any/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Queue run' })).toBeNull();
  });

  it('loads again when a run that it does not know reports', async () => {
    const news: MockLink.MockedResponse = {
      request: { query: RunCardsDocument, variables: () => true },
      result: { data: { runCards: [buildCard({ id: 'run-2', number: 2, state: 'QUEUED' })] } },
      delay: 50,
    };
    await open([answer([ended(1)]), news, answer([ended(2), ended(1)])]);
    await screen.findByText('Runs: 1');
    expect(await screen.findByText('Runs: 2')).toBeTruthy();
  });

  it('shows the runs of a grid together under one line, and cancels them as one', async () => {
    const group = { __typename: 'RunGrid' as const, id: 'group-1', count: 3, ended: 1 };
    const waiting = (number: number) => buildRun({ group, card: { id: `run-${number}`, number, state: 'QUEUED', phase: null, headline: null } });
    const cancelled: unknown[] = [];
    const cancel: MockLink.MockedResponse = {
      request: {
        query: CancelRunsDocument,
        variables: (given) => {
          cancelled.push(given);
          return true;
        },
      },
      result: { data: { cancelRuns: { ...group, ended: 3 } } },
    };
    const all = [waiting(5), ended(4), waiting(3), ended(2, { group }), ended(1)];
    const noCurve: MockLink.MockedResponse = { request: { query: RunSeriesDocument, variables: () => true }, result: { data: { run: null } } };
    const { user } = await open([
      answer(all),
      silence,
      noCurve,
      cancel,
      answer(all.map((run) => (run.group ? { ...run, group: { ...group, ended: 3 } } : run))),
    ]);
    await screen.findByText('Runs: 5');
    const lines = screen.getAllByRole('listitem').map((row) => /^(Grid of \d+ runs|Run \d)/.exec(textOf(row))?.[0]);
    expect(lines).toEqual(['Grid of 3 runs', 'Run 5', 'Run 3', 'Run 2', 'Run 4', 'Run 1']);
    expect(screen.getByText('1 ended')).toBeTruthy();
    expect(decodeURIComponent(screen.getByRole('link', { name: 'Show in the list' }).getAttribute('href') ?? '')).toContain('group:group-1');
    await user.click(screen.getByRole('button', { name: 'Cancel all that wait or run' }));
    expect(await screen.findByText('Cancel 2 runs?')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel them' }));
    expect(await screen.findByText('3 ended')).toBeTruthy();
    expect(cancelled).toEqual([{ groupId: 'group-1' }]);
    expect(screen.queryByRole('button', { name: 'Cancel all that wait or run' })).toBeNull();
  });

  it('leads to the comparison of two runs, not of one', async () => {
    const { user, address } = await open([answer([ended(1), ended(2)]), silence]);
    await user.click(await screen.findByRole('checkbox', { name: 'Compare run 1' }));
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    expect(address()).toBe('/');
    await user.click(screen.getByRole('checkbox', { name: 'Compare run 2' }));
    await user.click(screen.getByRole('link', { name: 'Compare 2' }));
    await waitFor(() => expect(decodeURIComponent(address())).toBe('/compare?runs=run-2,run-1'));
  });
});
