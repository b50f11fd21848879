import type { CardRunFragment } from '../src/features/training/run-cards.generated.ts';
import type { RunPageQuery } from '../src/features/training/runs.generated.ts';

export type RunOfPage = NonNullable<RunPageQuery['run']>;

/** The card of a run that trains. */
export function buildCard(overrides: Partial<CardRunFragment> = {}): CardRunFragment {
  return {
    __typename: 'RunCard',
    id: 'run-1',
    ticketId: 'ticket-1',
    number: 1,
    state: 'RUNNING',
    queuedAt: '2026-11-22T04:00:00Z',
    waiting: null,
    retryAt: null,
    phase: 'TRAINING',
    step: 500,
    totalSteps: 1000,
    trainingEpoch: 4,
    totalEpochs: 8,
    samplesPerSecond: 4500,
    elapsedMs: 7000,
    remainingMs: 7000,
    headline: { __typename: 'Headline', split: 'VALIDATION', name: 'accuracy', value: 0.9012 },
    doubt: null,
    sparkline: [2.3, 1.1, 0.4],
    tick: 10,
    ...overrides,
  };
}

export function buildAttempt(overrides: Partial<RunOfPage['attempts'][number]> = {}): RunOfPage['attempts'][number] {
  return {
    __typename: 'Attempt',
    id: 'attempt-1',
    number: 1,
    claim: 1,
    state: 'RUNNING',
    runnerName: 'lab-1',
    engine: 'WASM',
    device: '2 cores',
    isGpu: false,
    versions: { tfjs: '4.22.0' },
    parameterCount: 105_866,
    resumedFromSteps: [],
    checkpointStep: null,
    failureCode: null,
    failureMessage: null,
    failureParams: null,
    startedAt: '2026-11-22T04:00:00Z',
    endedAt: null,
    artifacts: [],
    ...overrides,
  };
}

/** A run of the convolutional template on its page; `card` and `attempt` override the parts of the same name. */
export function buildRun({
  card,
  attempt,
  ...overrides
}: Partial<Omit<RunOfPage, 'card' | 'attempt'>> & { card?: Partial<CardRunFragment>; attempt?: Parameters<typeof buildAttempt>[0] } = {}): RunOfPage {
  const only = buildAttempt(attempt);
  const shown = buildCard(card);
  return {
    __typename: 'Run',
    id: shown.id,
    number: shown.number,
    ticketId: 'ticket-1',
    projectId: 'project-1',
    template: 'CNN_28X28',
    engine: 'AUTO',
    state: shown.state,
    cancelRequested: false,
    failureCode: null,
    failureMessage: null,
    failureParams: null,
    resumableStep: null,
    queuedAt: '2026-11-22T04:00:00Z',
    startedAt: '2026-11-22T04:00:01Z',
    endedAt: null,
    version: 1,
    createdBy: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' },
    dataset: { __typename: 'Dataset', id: 'dataset-1', name: 'digits' },
    datasetDigest: 'c3ab8ff13720e8ad9047dd39466b3c89',
    rows: null,
    parameters: {
      __typename: 'RunParameters',
      epochs: 8,
      batchSize: 64,
      learningRate: 0.001,
      schedule: 'COSINE',
      warmupSteps: 0,
      optimizer: 'ADAM',
      l2: 0,
      dropout: 0.25,
      seed: 42,
      validationSplit: 0.1,
      targetColumn: null,
      hiddenUnits: [],
      checkpointEveryEpochs: 1,
    },
    card: shown,
    bestLike: null,
    before: null,
    attempt: { __typename: 'Attempt', id: only.id, lastPoints: [] },
    group: null,
    attempts: [only],
    result: null,
    ...overrides,
  };
}
