import { screen, waitFor } from '@testing-library/react';
import { buildCard, buildRun } from '../../../test/build-run.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { timeZone } from '../lists/export-address.ts';
import { ListNamesDocument } from '../project/list-names.generated.ts';
import { RunCardsDocument } from './run-cards.generated.ts';
import { RunColumnsDocument, RunGroupsDocument, RunsDatasetsDocument, RunsDocument, type RunRowFragment } from './run-list.generated.ts';
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
  startedAt: '2026-11-22T04:00:01Z',
  endedAt: null,
  failureCode: null,
  dataset: { __typename: 'Dataset', id: 'dataset-1', name: 'flowers' },
  createdBy: { __typename: 'Person', id: 'user-2', name: 'Li Na' },
  ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'VIS-12', title: 'Baseline' },
  attempt: { __typename: 'Attempt', id: `attempt-${number}`, engine: null, runnerName: null },
  parameters: buildRun().parameters,
  result: null,
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

  it('show the columns that were chosen, also the next time', async () => {
    const measured = row(
      1,
      { state: 'SUCCEEDED' },
      {
        result: { __typename: 'RunResult', metrics: [{ __typename: 'ResultMetric', split: 'VALIDATION', name: 'loss', value: 0.25 }] },
      },
    );
    const columns = {
      request: { query: RunColumnsDocument, variables: () => true },
      result: { data: { runColumns: { __typename: 'RunColumns' as const, metrics: ['accuracy', 'loss'], parameters: ['learningRate'] } } },
      maxUsageCount: Number.POSITIVE_INFINITY,
    };
    const heads = (): (string | null)[] => screen.getAllByRole('columnheader').map((head) => head.textContent);
    const { user, unmount } = await open([finds('', [measured]), columns]);
    await screen.findByText('Run 1');
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.type(await screen.findByRole('textbox', { name: 'Find a column' }), 'loss');
    await user.click(screen.getByRole('checkbox', { name: 'Loss (Validation)' }));
    await user.clear(screen.getByRole('textbox', { name: 'Find a column' }));
    await user.click(screen.getByRole('checkbox', { name: 'Learning rate' }));
    await user.click(screen.getByRole('checkbox', { name: 'Engine' }));
    expect(heads()).toEqual(expect.arrayContaining(['Loss (Validation)', 'Learning rate']));
    expect(heads()).not.toContain('Engine');
    expect(screen.getByRole('row', { name: /Run 1/ }).textContent).toContain('0.25');
    unmount();
    const again = await open([finds('', [measured]), columns]);
    await screen.findByText('Run 1');
    expect(heads()).toEqual(expect.arrayContaining(['Loss (Validation)', 'Learning rate']));
    await again.user.click(screen.getByRole('button', { name: 'Columns' }));
    await again.user.click(await screen.findByRole('button', { name: 'As they were' }));
    expect(heads()).not.toContain('Learning rate');
    expect(heads()).toContain('Engine');
  });

  it('are ticked one by one, in a range and by X, and lead to their comparison', async () => {
    const { user, address } = await open([
      finds(
        '',
        [1, 2, 3, 4, 5].map((number) => row(number, { state: 'SUCCEEDED' })),
      ),
    ]);
    await screen.findByText('Run 1');
    // each says which it is, for who hears them one by one
    const ticks = screen.getAllByRole('checkbox', { name: /^Select Run \d, / });
    expect(screen.getByRole('checkbox', { name: 'Select Run 1, VIS-12 Baseline' })).toBe(ticks[0]);
    await user.click(ticks[1]!);
    expect(screen.getByText('Two runs make a comparison')).toBeTruthy();
    await user.keyboard('{Shift>}');
    await user.click(ticks[3]!);
    await user.keyboard('{/Shift}');
    expect(screen.getByText('3 selected')).toBeTruthy();
    screen.getByRole('link', { name: 'Run 3' }).focus();
    await user.keyboard('x');
    expect(screen.getByText('2 selected')).toBeTruthy();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('Run 4');
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(screen.getByText('3 selected')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByText(/selected/)).toBeNull();
    await user.click(screen.getByRole('checkbox', { name: 'Select all that are shown' }));
    await user.click(screen.getByRole('link', { name: 'Compare 5' }));
    await waitFor(() => expect(decodeURIComponent(address())).toBe('/compare?runs=run-1,run-2,run-3,run-4,run-5'));
  });

  it('are grouped with counts and the best, and read only where a group is open', async () => {
    const groups = {
      request: { query: RunGroupsDocument, variables: { by: 'TICKET' as const, projectId: null, query: 'state:succeeded', timeZone: timeZone() } },
      result: {
        data: {
          runGroups: [
            {
              __typename: 'RunGroup' as const,
              value: 'VIS-12',
              name: 'Baseline',
              total: 2,
              best: { __typename: 'Headline' as const, split: 'VALIDATION' as const, name: 'accuracy', value: 0.98 },
            },
            { __typename: 'RunGroup' as const, value: null, name: null, total: 1, best: null },
          ],
        },
      },
    };
    const runs = [row(2, { state: 'SUCCEEDED' }), row(1, { state: 'SUCCEEDED' })];
    const { user } = await open(
      [
        finds('state:succeeded', [...runs, row(3, { state: 'SUCCEEDED' })]),
        groups,
        finds('state:succeeded ticket:VIS-12', runs),
        finds('state:succeeded ticket:none', [row(3, { state: 'SUCCEEDED' })]),
      ],
      '/runs?query=state%3Asucceeded',
    );
    await screen.findByText('Run 3');
    await user.click(screen.getByRole('button', { name: 'Group' }));
    await user.click(await screen.findByRole('menuitem', { name: 'ticket' }));
    const first = await screen.findByRole('button', { name: /^VIS-12 ?Baseline ?2 ?best 98.00% val.$/ });
    expect(first.getAttribute('aria-expanded')).toBe('true');
    await screen.findByText('Run 2');
    expect(screen.queryByText('Run 3')).toBeNull();
    await user.click(screen.getByRole('button', { name: /^Ticket deleted ?1$/ }));
    expect(await screen.findByText('Run 3')).toBeTruthy();
    await user.click(first);
    expect(screen.queryByText('Run 2')).toBeNull();
    localStorage.clear();
  });
});
