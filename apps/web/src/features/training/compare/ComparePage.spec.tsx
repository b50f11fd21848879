import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { buildCard, buildRun } from '../../../../test/build-run.ts';
import { renderApp } from '../../../../test/render.tsx';
import { RunCardsDocument } from '../run-cards.generated.ts';
import { RunProgressDocument, RunSeriesDocument } from '../runs.generated.ts';
import { ComparedConfusionsDocument, ComparedRunsDocument, type ComparedRunFragment } from './compare.generated.ts';
import { ComparePage } from './ComparePage.tsx';

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const always = Number.POSITIVE_INFINITY;
const PARAMETERS = buildRun().parameters;

function compared(
  n: number,
  { card, ...overrides }: Partial<Omit<ComparedRunFragment, 'card'>> & { card?: Parameters<typeof buildCard>[0] } = {},
): ComparedRunFragment {
  const id = idOf(n);
  const shown = buildCard({ id, number: n, state: 'SUCCEEDED', phase: null, ...card });
  return {
    __typename: 'Run',
    id,
    number: n,
    projectId: 'project-1',
    kind: 'TEMPLATE',
    template: 'CNN_28X28',
    engine: 'AUTO',
    state: shown.state,
    queuedAt: '2026-11-22T04:00:00Z',
    startedAt: '2026-11-22T04:00:01Z',
    endedAt: null,
    createdBy: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' },
    ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'VIS-12', title: 'Digits' },
    dataset: { __typename: 'Dataset', id: 'dataset-1', name: 'digits' },
    datasetDigest: 'c3ab8ff13720e8ad9047dd39466b3c89',
    parameters: PARAMETERS,
    series: [{ __typename: 'RunSeries', name: 'VAL_ACCURACY', unit: '1' }],
    attempt: {
      __typename: 'Attempt',
      id: `attempt-${n}`,
      number: 1,
      engine: 'WASM',
      device: '2 cores',
      isGpu: false,
      runnerName: 'lab-1',
      parameterCount: 105_866,
      startedAt: '2026-11-22T04:00:00Z',
      endedAt: null,
      lastPoints: [],
    },
    card: shown,
    result: result(0.9),
    ...overrides,
  };
}
const result = (value: number): NonNullable<ComparedRunFragment['result']> => ({
  __typename: 'RunResult',
  metrics: [{ __typename: 'ResultMetric', split: 'VALIDATION', name: 'accuracy', value }],
  steps: 1_000,
  samplesPerSecond: 4_500,
  trainMs: 14_000,
  parameterCount: 105_866,
});
const withRate = (learningRate: number) => ({ parameters: { ...PARAMETERS, learningRate } });

const open = (runs: readonly ComparedRunFragment[], asked: readonly string[] = runs.map(({ id }) => id), mocks: readonly MockLink.MockedResponse[] = []) =>
  renderApp(<ComparePage />, {
    at: `/compare?runs=${asked.join(',')}`,
    mocks: [
      ...mocks,
      {
        request: { query: ComparedRunsDocument, variables: () => true },
        result: (({ ids }: { ids: string[] }) => ({ data: { runsById: runs.filter(({ id }) => ids.includes(id)) } })) as never,
        maxUsageCount: always,
      },
      {
        request: { query: ComparedConfusionsDocument, variables: () => true },
        result: (({ ids }: { ids: string[] }) => ({
          data: { runsById: ids.map((id) => ({ __typename: 'Run', id, result: { __typename: 'RunResult', confusion: null } })) },
        })) as never,
        maxUsageCount: always,
      },
      { request: { query: RunSeriesDocument, variables: () => true }, result: { data: { run: null } }, maxUsageCount: always },
      { request: { query: RunProgressDocument, variables: () => true }, result: { data: { runProgress: null } }, delay: 2 ** 30, maxUsageCount: always },
      { request: { query: RunCardsDocument, variables: () => true }, result: { data: { runCards: [] } }, delay: 2 ** 30, maxUsageCount: always },
    ],
  });

describe('the address of a comparison', () => {
  it.each([
    ['', 'Two runs make a comparison'],
    [idOf(1), 'Two runs make a comparison'],
    ['abc,def', 'This address is not a comparison'],
    [Array.from({ length: 21 }, (_, i) => idOf(i)).join(), 'At most 20 runs at once'],
  ])('says of %j what is wrong, and where runs are chosen', async (asked, expected) => {
    await open([], [asked]);
    expect(await screen.findByText(expected)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Choose runs' }).getAttribute('href')).toBe('/runs');
  });

  it('says that runs are missing, without a word on which and why, and can be made shorter', async () => {
    const runs = [compared(1), compared(2, withRate(0.01))];
    const { user, address } = await open(runs, [idOf(1), idOf(7), idOf(2), idOf(8)]);
    expect((await screen.findByText(/2 runs of this comparison are missing/)).textContent).not.toContain('0000');
    await user.click(screen.getByRole('button', { name: 'Leave them out' }));
    await waitFor(() => expect(decodeURIComponent(address())).toBe(`/compare?runs=${idOf(1)},${idOf(2)}`));
  });

  it('is no comparison where but one of its runs may be seen', async () => {
    await open([compared(1)], [idOf(1), idOf(7)]);
    expect(await screen.findByText(/One run of this comparison is missing/)).toBeTruthy();
    expect(screen.getByText('Two runs make a comparison')).toBeTruthy();
  });
});

describe('a comparison', () => {
  it('names runs by what differs, hides one, and takes one out of the address', async () => {
    const { user, address } = await open([compared(1), compared(2, withRate(0.01)), compared(3, withRate(0.1))]);
    const legend = within(await screen.findByRole('list', { name: 'Runs' }));
    expect(legend.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringContaining('Learning rate 0.001'),
      expect.stringContaining('Learning rate 0.01'),
      expect.stringContaining('Learning rate 0.1'),
    ]);
    const show = legend.getByRole('button', { name: 'Show Run 2' });
    await user.click(show);
    expect(show.getAttribute('aria-pressed')).toBe('false');
    await user.click(legend.getByRole('button', { name: 'Take Run 2 out of the comparison' }));
    await waitFor(() => expect(decodeURIComponent(address())).toBe(`/compare?runs=${idOf(1)},${idOf(3)}`));
    expect((await screen.findAllByRole('listitem')).length).toBe(2);
    expect(screen.queryByRole('button', { name: /out of the comparison/ })).toBeNull();
  });

  it('shows rows that differ, all of them when asked, and marks the best', async () => {
    const { user } = await open([compared(1), compared(2, { ...withRate(0.01), result: result(0.95) })]);
    const table = within(await screen.findByRole('region', { name: 'Parameters and results' }));
    expect(table.getByRole('row', { name: /^Accuracy \(Validation\) 90.00% 95.00% ?best$/ })).toBeTruthy();
    expect(table.getByRole('row', { name: 'Learning rate 0.001 0.01' })).toBeTruthy();
    expect(table.queryByRole('row', { name: /^Epochs 8/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: /Show \d+ equal rows/ }));
    expect(table.getByRole('row', { name: 'Batch size 64 64' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Only differences' }));
    expect(table.queryByRole('row', { name: 'Batch size 64 64' })).toBeNull();
  });

  it('tells of a run that was cancelled what it reported last, instead of nothing', async () => {
    const lastPoints = [{ __typename: 'LastPoint' as const, series: 'VAL_ACCURACY', step: 700, value: 0.98 }];
    const attempt = { ...compared(2).attempt!, lastPoints };
    await open([compared(1), compared(2, { result: null, attempt, card: { state: 'CANCELLED' } })]);
    expect(await screen.findByRole('row', { name: /^Accuracy \(Validation\) 90\.00% 98\.00% ?best ?last, step 700$/ })).toBeTruthy();
  });

  it('marks no best among values of different samples', async () => {
    await open([compared(1), compared(2, { result: result(0.95), datasetDigest: 'ffff' })]);
    expect(await screen.findByText(/no run is marked as the best there/)).toBeTruthy();
    expect(screen.queryByRole('img', { name: 'best' })).toBeNull();
  });

  it('tells of parameters and result in a table, too', async () => {
    const { user } = await open([compared(1), compared(2, { ...withRate(0.01), result: result(0.95) })]);
    expect(await screen.findByRole('img', { name: 'Accuracy (Validation) against Learning rate, a mark for each run' })).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Table' }));
    const table = within(await screen.findByRole('region', { name: 'What the parameters did' }));
    expect(table.getByRole('row', { name: 'Run 2 0.01 95.00%' })).toBeTruthy();
  });

  it('remembers how curves are smoothed', async () => {
    const { unmount } = await open([compared(1), compared(2)]);
    const slider = await screen.findByRole('slider', { name: 'Smoothing' });
    const { fireEvent } = await import('@testing-library/react');
    fireEvent.change(slider, { target: { value: '0.6' } });
    unmount();
    await open([compared(1), compared(2)]);
    expect((await screen.findByRole('slider', { name: 'Smoothing' })).getAttribute('aria-valuetext')).toBe('60%');
    localStorage.clear();
  });
});
