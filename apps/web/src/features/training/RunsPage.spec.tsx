import { screen, waitFor } from '@testing-library/react';
import { buildCard } from '../../../test/build-run.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { ListNamesDocument } from '../project/list-names.generated.ts';
import { RunCardsDocument } from './run-cards.generated.ts';
import { RunsDatasetsDocument, RunsDocument, type RunRowFragment } from './run-list.generated.ts';
import { AllRunsPage } from './RunsPage.tsx';

const NAMES = [
  {
    request: { query: ListNamesDocument },
    result: {
      data: {
        projects: [{ __typename: 'Project' as const, id: 'project-1', key: 'VIS', name: 'Vision', labels: [] }],
        users: { __typename: 'UserConnection' as const, nodes: [{ __typename: 'User' as const, id: 'user-2', name: 'Li Na' }] },
      },
    },
  },
  {
    request: { query: RunsDatasetsDocument },
    result: { data: { datasets: { __typename: 'DatasetConnection' as const, nodes: [{ __typename: 'Dataset' as const, id: 'dataset-1', name: 'flowers' }] } } },
  },
];
const row = (number: number, card: Parameters<typeof buildCard>[0] = {}, overrides: Partial<RunRowFragment> = {}): RunRowFragment => ({
  __typename: 'Run',
  id: `run-${number}`,
  number,
  projectId: 'project-1',
  template: 'CNN_28X28',
  engine: 'AUTO',
  queuedAt: '2026-11-22T04:00:00Z',
  createdBy: { __typename: 'Person', id: 'user-2', name: 'Li Na' },
  ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'VIS-12', title: 'Baseline' },
  attempt: { __typename: 'Attempt', id: `attempt-${number}`, engine: null, runnerName: null },
  card: buildCard({ id: `run-${number}`, number, ...card }),
  ...overrides,
});
const finds = (query: string, rows: RunRowFragment[]) => ({
  request: { query: RunsDocument, variables: (sent: Record<string, unknown>) => sent.query === query && sent.projectId === null },
  result: {
    data: {
      runs: {
        __typename: 'RunConnection' as const,
        nodes: rows,
        totalCount: rows.length,
        totalCountIsCapped: false,
        pageInfo: { __typename: 'PageInfo' as const, endCursor: 'end', hasNextPage: false },
      },
    },
  },
});
const cards = (sent: ReturnType<typeof buildCard>[], delay: number) => ({
  request: { query: RunCardsDocument, variables: { projectId: 'project-1' } },
  result: { data: { runCards: sent } },
  delay,
});
const open = (mocks: RenderOptions['mocks'], at = '/runs') => renderApp(<AllRunsPage />, { mocks: [...NAMES, ...(mocks ?? [])], at });

describe('the runs of all projects', () => {
  it('say where they belong, how they stand and what came of them, and nothing of a ticket that is gone', async () => {
    await open([
      finds('', [
        row(2, { state: 'SUCCEEDED', headline: { __typename: 'Headline', split: 'TEST', name: 'accuracy', value: 0.9 }, elapsedMs: 125_000 }),
        row(1, { state: 'FAILED', headline: null, elapsedMs: null }, { ticket: null }),
      ]),
    ]);
    await screen.findByText('Succeeded');
    const [, second, first] = screen.getAllByRole('row').map((each) => each.textContent ?? '');
    for (const part of ['Run 2', 'VIS-12 Baseline', 'VIS', 'Convolutional net', '90.00% test', 'Automatic', 'Li Na', '2m 5s']) expect(second).toContain(part);
    expect(first).toContain('Ticket deleted');
    expect(screen.getByRole('link', { name: 'Run 2' }).getAttribute('href')).toBe('/runs/run-2');
  });

  it('go on moving while they are in sight', async () => {
    const before = { state: 'RUNNING' as const, step: 10, totalSteps: 100, tick: 1 };
    const now = buildCard({ id: 'run-3', number: 3, state: 'SUCCEEDED', tick: 2 });
    await open([finds('', [row(3, before)]), cards([now], 100)]);
    expect(await screen.findByText('10%')).toBeTruthy();
    expect(await screen.findByText('Succeeded')).toBeTruthy();
    expect(screen.queryByText('10%')).toBeNull();
  });

  it('are asked by their metrics and parameters, which are offered by name', async () => {
    const { user, address } = await open([finds('', [row(1, { state: 'SUCCEEDED' })]), finds('param.optimizer:adam', [row(1, { state: 'SUCCEEDED' })])]);
    await screen.findByText('Run 1');
    const field = screen.getByRole('combobox', { name: 'Filter' });
    await user.type(field, 'metric.acc');
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['metric.accuracy:Accuracy']);
    await user.clear(field);
    await user.type(field, 'param.optimizer:adam{Enter}');
    expect(await screen.findByText('Optimizer: adam')).toBeTruthy();
    await waitFor(() => expect(address()).toBe('/runs?query=param.optimizer%3Aadam'));
  });

  it('are sorted by their result with the best first', async () => {
    const { user, address } = await open([finds('', [row(1, { state: 'SUCCEEDED' })]), finds('sort:-metric.accuracy', [row(2, { state: 'SUCCEEDED' })])]);
    await user.click(await screen.findByRole('button', { name: 'Result' }));
    await screen.findByText('Run 2');
    expect(address()).toBe('/runs?query=sort%3A-metric.accuracy');
  });
});
