import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildAttempt, buildCard, buildRun, type RunOfPage } from '../../../test/build-run.ts';
import { switchTestLanguage } from '../../../test/texts.ts';
import { type RenderOptions } from '../../../test/render.tsx';
import { RunCardsDocument } from './run-cards.generated.ts';
import { CancelRunDocument, RunPageDocument, RunSeriesDocument } from './runs.generated.ts';

import { openRun } from '../../../test/open-run.tsx';

const fact = (name: string) => screen.getAllByText(name, { selector: 'dt' })[0]?.nextElementSibling;

const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';

describe('RunPage', () => {
  it('says what a queued run waits for and draws no empty chart', async () => {
    await openRun(buildRun({ card: { state: 'QUEUED', waiting: 'NO_ENGINE', phase: null, step: 0, headline: null, sparkline: [] }, engine: 'GPU' }));
    expect(await screen.findByRole('heading', { name: 'Run 1' })).toBeTruthy();
    expect(textOf(screen.getByRole('status'))).toContain('no runner online has the engine');
    expect(screen.queryByRole('figure')).toBeNull();
  });

  it('counts down a pause before the run is tried again, and says so until a runner has it', async () => {
    const paused = (left: number) => openRun(buildRun({ card: { state: 'QUEUED', waiting: 'RETRYING', retryAt: new Date(Date.now() + left).toISOString() } }));
    const { unmount } = await paused(90_000);
    expect(await screen.findByText(/trying again in 1m (30|2\d)s/)).toBeTruthy();
    unmount();
    await paused(-1);
    expect(await screen.findByText('Interrupted; a runner is about to take it up again.')).toBeTruthy();
  });

  it('shows how far a run is, what it really runs on, its curves and log', async () => {
    await openRun(buildRun());
    expect(await screen.findByText('epoch 1/8')).toBeTruthy();
    expect(textOf(screen.getByRole('status'))).toContain('Training');
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
    expect(screen.getByText('step 500 of 1,000, epoch 4 of 8')).toBeTruthy();
    expect(screen.getByText('2 cores · lab-1')).toBeTruthy();
    expect(textOf(fact('Ran on'))).toContain('WebAssembly');
    expect(screen.getByRole('figure', { name: 'Loss' })).toBeTruthy();
    expect(screen.getByRole('figure', { name: 'Accuracy' })).toBeTruthy();
  });

  it('asks for the rest of the run when its card is in another state', async () => {
    const before = buildRun({ state: 'STARTING', attempt: { state: 'STARTING', engine: null, device: null } });
    const asked = { request: { query: RunPageDocument, variables: () => true }, result: { data: { run: before } } };
    await openRun(buildRun(), {}, [asked]);
    expect((await screen.findAllByText('WebAssembly')).length).toBeGreaterThan(0);
  });

  it('offers cancelling to whoever queued it and may still write, and to nobody else outside the team', async () => {
    const offered = async (viewer: RenderOptions['viewer']): Promise<boolean> => {
      const { unmount } = await openRun(buildRun({ createdBy: { __typename: 'Person', id: 'user-2', name: 'Li Na' } }), { viewer });
      await screen.findByText('epoch 1/8');
      // Known with the project, which the link to the ticket waits for too.
      await screen.findByRole('link', { name: /VIS-12/ });
      const found = screen.queryByRole('button', { name: 'Cancel run' }) !== null;
      unmount();
      return found;
    };
    expect(await offered({ orgRole: 'MEMBER', id: 'user-2' })).toBe(true);
    expect(await offered({ orgRole: 'MEMBER', id: 'user-1' })).toBe(false);
    expect(await offered({ orgRole: 'VIEWER', id: 'user-2' })).toBe(false);
  });

  it('asks before it cancels and says at once that it does', async () => {
    const cancelled = {
      request: { query: CancelRunDocument, variables: { id: 'run-1' } },
      result: { data: { cancelRun: { ...buildRun(), cancelRequested: true } } },
    };
    const { user } = await openRun(buildRun(), { mocks: [cancelled] });
    await user.click(await screen.findByRole('button', { name: 'Cancel run' }));
    const dialog = await screen.findByRole('dialog', { name: 'Cancel run 1?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel run' }));
    expect(await screen.findByRole('button', { name: 'Cancelling…' })).toHaveProperty('disabled', true);
  });

  it('says why it could not be cancelled, and asks no more', async () => {
    const refused = {
      request: { query: CancelRunDocument, variables: { id: 'run-1' } },
      result: { errors: [new GraphQLError('ended', { extensions: { code: 'RUN_NOT_CANCELLABLE' } })] },
    };
    const { user } = await openRun(buildRun(), { mocks: [refused] });
    await user.click(await screen.findByRole('button', { name: 'Cancel run' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel run' }));
    expect(await screen.findByText('The run has ended already.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('sees a run that ended begin again elsewhere', async () => {
    const ended = {
      request: { query: RunPageDocument, variables: () => true },
      result: { data: { run: buildRun({ card: { state: 'FAILED' }, attempt: { state: 'FAILED' } }) } },
    };
    const retried = {
      request: { query: RunCardsDocument, variables: () => true },
      result: { data: { runCards: [buildCard({ state: 'QUEUED', tick: 11 })] } },
      delay: 50,
    };
    await openRun(buildRun({ card: { state: 'QUEUED', tick: 11 }, attempt: { id: 'attempt-2', number: 2, state: 'QUEUED' } }), { mocks: [retried] }, [ended]);
    await screen.findByRole('button', { name: 'Retry' });
    expect(await screen.findByText('Attempt 2')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cancel run' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it("says where the data cannot be read in the reader's language", async () => {
    await switchTestLanguage('zh');
    const failureParams = { problem: 'DATASET_PATH_UNREADABLE', file: 'IMAGES', path: '/data/train.idx', reason: 'NO_FILE' };
    await openRun(buildRun({ card: { state: 'FAILED' }, failureCode: 'DATASET_UNREADABLE', failureMessage: 'its file cannot be opened', failureParams }));
    const alert = await screen.findByRole('alert');
    expect(textOf(alert)).toContain('执行器无法读取该路径');
    expect(textOf(alert)).toContain('/data/train.idx');
    expect(textOf(alert)).toContain('文件不存在');
    expect(textOf(alert)).not.toContain('NO_FILE');
  });

  it('says what should be looked at twice in a run that ended well', async () => {
    await openRun(buildRun({ card: { state: 'SUCCEEDED', phase: null, doubt: 'LOSS_ROSE' }, endedAt: '2026-11-22T04:00:21Z' }));
    expect(await screen.findByText('The loss ended far above where it began.')).toBeTruthy();
  });

  it('shows the result with the confusion matrix, and where it was resumed', async () => {
    const result: RunOfPage['result'] = {
      __typename: 'RunResult',
      metrics: [{ __typename: 'ResultMetric', split: 'TEST', name: 'accuracy', value: 0.9861 }],
      confusion: {
        __typename: 'Confusion',
        split: 'TEST',
        classes: ['0', '1'],
        counts: [
          [9, 1],
          [0, 10],
        ],
      },
      trainCount: 100,
      validationCount: 10,
      testCount: 20,
      steps: 1000,
      samplesPerSecond: 4533.2,
      flopsPerSecond: 4.59e9,
      trainMs: 14_000,
      datasetDigest: 'c3ab',
      parameterCount: 105_866,
    };
    const artifact = { __typename: 'Artifact' as const, id: 'model-1', name: 'model.tar', sizeBytes: 431_200, digest: 'x', createdAt: '2026-11-22T04:01:00Z' };
    const earlier = buildAttempt({ id: 'attempt-0', number: 1, state: 'FAILED', startedAt: '2026-11-20T04:00:00Z', endedAt: '2026-11-20T04:01:00Z' });
    const last = buildAttempt({ number: 2, state: 'SUCCEEDED', claim: 3, endedAt: '2026-11-22T04:00:21Z', resumedFromSteps: [0, 1200], artifacts: [artifact] });
    await openRun(buildRun({ card: { state: 'SUCCEEDED', phase: null }, endedAt: '2026-11-22T04:00:21Z', result, attempt: last, attempts: [last, earlier] }));
    expect(await screen.findByRole('row', { name: 'Accuracy 98.61%' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Confusion matrix' })).toBeTruthy();
    expect(screen.getByText('Began again at the first step: there was no checkpoint to go on from')).toBeTruthy();
    expect(screen.getByText('Resumed after step 1,200')).toBeTruthy();
    expect((await screen.findByRole('link', { name: 'Download model' })).getAttribute('href')).toBe('/artifacts/model-1');
    expect(textOf(fact('Throughput'))).toContain('4.59 GFLOP/s');
    // a minute, two days of nobody's, 21 seconds
    expect(textOf(fact('Run took'))).toContain('1m 21s');
  });

  it("says the runner's own lines in the reader's language, and quotes those of a program", async () => {
    await switchTestLanguage('zh');
    await openRun(buildRun());
    expect((await screen.findByText('epoch 1/8')).getAttribute('lang')).toBe('en');
    expect(screen.getByText('由 lab 领取，第 1 次。').getAttribute('lang')).toBeNull();
    expect(screen.getByText('训练进程被 SIGKILL 终止，该信号不是执行器发出的。')).toBeTruthy();
  });

  it('says how it stands against the best that was measured as it was', async () => {
    const best = (value: number): RunOfPage['bestLike'] => ({
      __typename: 'Run',
      id: 'run-9',
      number: 9,
      ticket: { __typename: 'Ticket', id: 'ticket-9', key: 'VIS-9' },
      card: { __typename: 'RunCard', id: 'run-9', headline: { __typename: 'Headline', split: 'VALIDATION', name: 'accuracy', value } },
    });
    for (const [value, said] of [
      [0.95, 'best so far 95.00% (Run 9)'],
      [0.85, 'better than the best so far, 85.00% (Run 9)'],
      [0.9012, 'as good as the best so far, 90.12% (Run 9)'],
    ] as const) {
      const { unmount } = await openRun(buildRun({ bestLike: best(value) }));
      expect(textOf((await screen.findByRole('link', { name: 'Run 9' })).parentElement)).toBe(said);
      unmount();
    }
    await openRun(buildRun());
    expect(await screen.findByText('The first one measured this way')).toBeTruthy();
  });

  it('says what is another than in the run before', async () => {
    const { parameters, dataset, datasetDigest } = buildRun();
    const before = {
      __typename: 'Run' as const,
      id: 'run-0',
      number: 0,
      engine: 'AUTO' as const,
      dataset,
      datasetDigest,
      parameters: { ...parameters, learningRate: 0.1 },
    };
    await openRun(buildRun({ before }));
    await screen.findByRole('link', { name: 'Run 0' });
    expect(textOf(fact('Learning rate'))).toBe('0.001 was 0.1');
    expect(fact('Learning rate')?.querySelector('strong')).toBeTruthy();
    expect(fact('Batch size')?.querySelector('strong')).toBeNull();
  });

  it('says while it trains that its loss grows, with the way to cancel it, and no more once it has ended', async () => {
    const values = [...Array.from({ length: 60 }, (_, i) => 2 / (1 + i)), ...Array.from({ length: 40 }, () => 5)];
    const attempt = {
      __typename: 'Attempt' as const,
      id: 'attempt-1',
      claim: 1,
      state: 'RUNNING' as const,
      metrics: [{ __typename: 'MetricSeries' as const, series: 'LOSS', steps: values.map((_, i) => i + 1), values, pointCount: values.length }],
      log: [],
    };
    const series = (): MockLink.MockedResponse => ({
      request: { query: RunSeriesDocument, variables: () => true },
      result: { data: { run: { __typename: 'Run', id: 'run-1', attempt } } },
    });
    const { unmount } = await openRun(buildRun(), {}, [series()]);
    const said = (await screen.findByText(/^The loss is growing: .* at step 60, .* now\.$/)).closest<HTMLElement>('[role="status"]');
    expect(within(said ?? document.body).getByRole('button', { name: 'Cancel run' })).toBeTruthy();
    unmount();
    await openRun(buildRun({ card: { state: 'SUCCEEDED' }, attempt: { state: 'SUCCEEDED' } }), {}, [series()]);
    await screen.findByRole('heading', { name: 'Run 1' });
    expect(screen.queryByText(/The loss is growing/)).toBeNull();
  });

  it('keeps what earlier attempts wrote above what the newest writes', async () => {
    const earlier = buildAttempt({ id: 'attempt-0', number: 1, state: 'FAILED', runnerName: 'lab-0' });
    const last = buildAttempt({ number: 2 });
    await openRun(buildRun({ attempt: last, attempts: [last, earlier] }));
    const log = await screen.findByRole('log', { name: 'Log' });
    await within(log).findByText('begun as 1');
    const lines = [...log.children].map((child) => textOf(child).replace(/^\d\d:\d\d:\d\d/, ''));
    expect(lines.slice(0, 4)).toEqual(['Attempt 1 · lab-0', 'begun as 1', 'Attempt 2 · lab-1', 'epoch 1/8']);
  });

  it('offers a viewer nothing to change', async () => {
    await openRun(buildRun(), { viewer: { orgRole: 'VIEWER' } });
    await screen.findByRole('heading', { name: 'Run 1' });
    expect(screen.queryByRole('button', { name: 'Cancel run' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Duplicate' })).toBeNull();
  });

  it('does not tell a run that is hidden from one that is not there', async () => {
    await openRun(null);
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});
