import { DEFAULT_PARAMETERS, type RunParameters, type Template } from '@trainyard/domain';
import type { DATASETS } from './workspace.ts';

/**
 * Runs of the past week. Each was trained once, as it stands here, and recorded (apps/api/test/record-examples.ts): what the demonstration shows of it is
 * what came of it, told as of another day. Their device says that they are examples.
 */
export interface ExampleRun {
  /** Names its recording. Two runs of one name trained the same. */
  key: string;
  ticket: string;
  by: string;
  /** Days ago at which it was queued. */
  days: number;
  template: Template;
  dataset: (typeof DATASETS)[number]['name'];
  parameters: Partial<RunParameters>;
  /** It is one of the grid of its ticket. */
  grid?: true;
  /** Its first runner was lost after this step, and it went on from that one. */
  lost?: { at: number; resumedFrom: number };
  /** Somebody had seen enough. */
  cancelledAt?: number;
}

const DIGITS = 'Stroke digits (synthetic)';
const SWEEP = 'Learning-rate sweep for the 784-64-64-10 network';
const CNN = 'Small convolutional net on the full digit set';
const SAME_SEED = 'Same seed gave two different curves';
const LARGER = 'Which of two numbers is larger: 2-3-1 network';
const METERS = '仪表读数：两层网络基线';

/** What the grid varies, in its order. */
export const GRID = { parameter: 'learningRate', values: [0.0003, 0.001, 0.003, 0.01] } as const;

const sweep = { ticket: SWEEP, by: 'chenxiaoming', days: 2.9, template: 'MLP_784_64_64_10', dataset: DIGITS, grid: true } as const;
const cnn = { ticket: CNN, by: 'chenxiaoming', template: 'CNN_28X28', dataset: DIGITS } as const;
const seeded = { key: 'same-seed', ticket: SAME_SEED, by: 'grace', template: 'MLP_784_128_10', dataset: DIGITS, parameters: { epochs: 3 } } as const;
const larger = { ticket: LARGER, by: 'chenxiaoming', template: 'NET_2_3_1', dataset: 'Which number is larger (synthetic)' } as const;
const meters = { ticket: METERS, template: 'MLP_784_128_10', dataset: DIGITS } as const;

export const EXAMPLE_RUNS: readonly ExampleRun[] = [
  { ...larger, key: 'larger-stuck', days: 11.4, parameters: { learningRate: 0.001, epochs: 300 } },
  { ...larger, key: 'larger', days: 10.6, parameters: {} },
  { ...seeded, days: 4.1 },
  { ...seeded, days: 4.05 },
  ...GRID.values.map((learningRate): ExampleRun => ({ ...sweep, key: `sweep-${learningRate}`, parameters: { learningRate, batchSize: 64 } })),
  { ...cnn, key: 'cnn', days: 2.3, parameters: { epochs: 4 } },
  { ...cnn, key: 'cnn-diverged', days: 0.7, parameters: { epochs: 4, optimizer: 'SGD', learningRate: 3, l2: 1 } },
  {
    key: 'resumed',
    ticket: 'Save optimiser state in every checkpoint',
    by: 'chenxiaoming',
    days: 1.4,
    template: 'MLP_784_128_10',
    dataset: DIGITS,
    parameters: { epochs: 6 },
    lost: { at: 221, resumedFrom: 170 },
  },
  { ...meters, key: 'meters-diverged', by: 'zhouhang', days: 4.6, parameters: { optimizer: 'SGD', learningRate: 1.5, l2: 1 } },
  { ...meters, key: 'meters', by: 'zhouhang', days: 4.4, parameters: { learningRate: 0.002, schedule: 'COSINE' } },
  { ...meters, key: 'meters-dropout', by: 'wuyue', days: 1.2, parameters: { learningRate: 0.002, schedule: 'COSINE', dropout: 0.5 }, cancelledAt: 190 },
];

export const parametersOf = ({ template, parameters }: ExampleRun): RunParameters => ({ ...DEFAULT_PARAMETERS[template], ...parameters });
