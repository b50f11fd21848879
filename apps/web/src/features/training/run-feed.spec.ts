import { ApolloLink, type FetchResult } from '@apollo/client';
import { waitFor } from '@testing-library/react';
import { OperationTypeNode } from 'graphql';
import { Subject } from 'rxjs';
import { buildCard } from '../../../test/build-run.ts';
import { createClient } from '../../apollo-cache.ts';
import { TYPE_POLICIES } from '../../rooms.ts';
import { CardRunFragmentDoc } from './run-cards.generated.ts';
import { type RunProgressSubscription } from './runs.generated.ts';
import { RunFeed } from './run-feed.ts';

type Push = RunProgressSubscription['runProgress'];

/** A server whose answer to the query and whose pushes the test sends by hand. */
function start() {
  const answers = new Subject<ApolloLink.Result>();
  const pushes = new Subject<ApolloLink.Result>();
  const link = new ApolloLink((operation) => (operation.operationType === OperationTypeNode.SUBSCRIPTION ? pushes : answers));
  const client = createClient(link, TYPE_POLICIES);
  const told: string[] = [];
  const feed = new RunFeed(client, 'run-1', {
    loaded: () => told.push('loaded'),
    failed: (error) => told.push(`failed: ${String(error)}`),
    moved: () => told.push('moved'),
  });
  feed.start(true);
  return {
    client,
    feed,
    told,
    pushes,
    answer: async (steps: number[], { id = 'attempt-1', claim = 1, state = 'RUNNING' } = {}) => {
      answers.next({
        data: {
          run: { __typename: 'Run', id: 'run-1', attempt: { __typename: 'Attempt', id, claim, state, metrics: [series(steps)], log: [line(claim, 0)] } },
        },
      });
      answers.complete();
      await waitFor(() => expect(told).toContain('loaded'));
    },
    push: (steps: number[], overrides: Partial<Push> = {}) => {
      const runProgress: Push = {
        __typename: 'RunProgress',
        run: buildCard({ tick: 100 + steps.length }),
        attemptId: 'attempt-1',
        claim: 1,
        resumedFromStep: null,
        metrics: [series(steps)],
        log: [],
        ended: false,
        ...overrides,
      };
      pushes.next({ data: { runProgress } });
    },
    steps: () => feed.curves.chart(['LOSS']).read(null, 1000).x,
  };
}

const series = (steps: number[]) => ({ __typename: 'MetricSeries' as const, series: 'LOSS' as const, steps, values: steps.map((step) => 1 / step) });
const line = (claim: number, number: number) => ({
  __typename: 'LogLine' as const,
  claim,
  line: number,
  at: '2026-11-22T04:00:00Z',
  stream: 'OUT',
  text: 'x',
  params: null,
});

describe('RunFeed', () => {
  it('shows what is stored, then what is pushed, each point once', async () => {
    const { answer, push, steps, told } = start();
    push([3, 4]);
    expect(steps()).toEqual([]);
    await answer([1, 2, 3]);
    push([4, 5]);
    expect(steps()).toEqual([1, 2, 3, 4, 5]);
    expect(told).toEqual(['loaded']);
  });

  it('takes the curve back to the checkpoint when another claim goes on, and drops what the old one still sends', async () => {
    const { answer, push, steps, told, feed } = start();
    await answer([1, 2, 3, 4]);
    push([3], { claim: 2, resumedFromStep: 2, log: [line(2, 0)] });
    push([5], { claim: 1 });
    expect(steps()).toEqual([1, 2, 3]);
    expect(told).toEqual(['loaded', 'moved']);
    expect(feed.log.get().map((one) => one.claim)).toEqual([1, 2]);
  });

  it('takes it back also when it was opened while that claim only started, whose lines it shows meanwhile', async () => {
    const { answer, push, steps, feed } = start();
    await answer([1, 2, 3, 4], { claim: 2, state: 'STARTING' });
    push([], { claim: 1, log: [line(2, 1)] });
    push([3], { claim: 2, resumedFromStep: 2 });
    expect(steps()).toEqual([1, 2, 3]);
    expect(feed.log.get()).toHaveLength(2);
  });

  it('starts a new curve with a new attempt', async () => {
    const { answer, push, steps, told } = start();
    await answer([1, 2, 3]);
    push([1], { attemptId: 'attempt-2' });
    expect(steps()).toEqual([1]);
    expect(told).toEqual(['loaded', 'moved']);
  });

  it('asks to look again at the end', async () => {
    const { answer, push, told } = start();
    await answer([1]);
    push([2], { ended: true });
    expect(told).toEqual(['loaded', 'moved']);
  });

  it('keeps the newest card in the cache, whatever order updates come in', async () => {
    const { client, push, answer } = start();
    await answer([]);
    push([], { run: buildCard({ tick: 7, step: 70 }) });
    push([], { run: buildCard({ tick: 6, step: 60 }) });
    const id = client.cache.identify({ __typename: 'RunCard', id: 'run-1' });
    expect(client.cache.readFragment({ id, fragment: CardRunFragmentDoc, fragmentName: 'CardRun' })).toMatchObject({ tick: 7, step: 70 });
  });

  it('says when the server refuses, and is quiet once stopped', async () => {
    const { pushes, told, feed, push, steps } = start();
    pushes.next({ errors: [{ message: 'gone' }] } as FetchResult);
    await waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatch(/^failed: .*gone/);
    feed.stop();
    push([1]);
    expect(steps()).toEqual([]);
    expect(told).toHaveLength(1);
  });
});
